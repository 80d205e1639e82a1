using OpsConsole.Audit;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Cases.Types;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>
/// The way of every change of the rule book: it gets the next version number with its author and note, an audit entry and its news in one
/// transaction, and what is open and held by nobody is marked to be routed anew.
/// </summary>
internal sealed class RuleDesk(OpsDb db, TimeProvider clock, WorkSignals bells)
{
    public const int MostRules = 500;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Commits the change of one rule that stands in the context.</summary>
    public async Task<Outcome<RuleSaved>> Commit(RoutingRule rule, string action, string detail, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Audit.Add(AuditEntry.Of(actor, action, $"rule {rule.Name}", detail, Now));
        var committed = await Version(actor, $"{rule.Name}: {(action == "rule.delete" ? "deleted" : detail)}", null, cancellationToken);
        if (!committed.Accepted)
        {
            return committed.Refusal;
        }

        await transaction.CommitAsync(cancellationToken);
        Ring();
        return new RuleSaved(rule.Id, committed.Value!.Routed);
    }

    /// <summary>Puts a whole book in the place of the present one.</summary>
    /// <param name="book">What it says.</param>
    /// <param name="over">The version that the caller saw.</param>
    /// <param name="note">Why.</param>
    /// <param name="broughtBack">The version that it is taken from, where it is.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="also">What belongs in the same transaction.</param>
    public async Task<Outcome<BookPublished>> Publish(
        IReadOnlyList<BookRule> book, int over, string note, int? broughtBack, Actor actor, Func<Task> also, CancellationToken cancellationToken)
    {
        if (await Wrong(book, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Latest(cancellationToken) != over)
        {
            return Refusal.Stale("The rule book");
        }

        await Replace(book, actor, cancellationToken);
        await also();
        db.Audit.Add(AuditEntry.Of(actor, broughtBack is null ? "rules.publish" : "rules.take-back", $"rule book {over + 1}", note, Now));
        var committed = await Version(actor, note, broughtBack, cancellationToken);
        if (committed.Accepted)
        {
            await transaction.CommitAsync(cancellationToken);
            Ring();
        }

        return committed;
    }

    public async Task<int> Latest(CancellationToken cancellationToken) => await db.BookVersions.MaxAsync(v => (int?)v.Version, cancellationToken) ?? 0;

    public async Task MakeQueue(RuleBody body, CancellationToken cancellationToken)
    {
        if (!await db.Queues.AnyAsync(q => q.Code == body.Queue, cancellationToken) && db.Queues.Local.All(q => q.Code != body.Queue))
        {
            var last = await db.Queues.MaxAsync(q => (int?)q.Ordinal, cancellationToken) ?? 0;
            db.Queues.Add(new WorkQueue { Code = body.Queue, Label = string.IsNullOrWhiteSpace(body.QueueLabel) ? body.Queue : body.QueueLabel.Trim(), Ordinal = last + 1 + db.Queues.Local.Count(q => q.Ordinal > last) });
        }
    }

    /// <summary>The first fault of a whole book; nothing when it can be published.</summary>
    public async Task<Refusal?> Wrong(IReadOnlyList<BookRule> book, CancellationToken cancellationToken)
    {
        if (book.Count > MostRules || book.DistinctBy(one => one.Id).Count() < book.Count)
        {
            return Refusal.Invalid("rules", $"must be at most {MostRules}, each with an id of its own");
        }

        foreach (var one in book)
        {
            if (await Wrong(one.Rule, cancellationToken) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    public async Task<Refusal?> Wrong(RuleBody body, CancellationToken cancellationToken) =>
        body.Name is null || body.Name.Trim().Length is 0 or > 120 ? Refusal.Invalid("name", "must have 1 to 120 characters")
        : body.Queue is null || body.Queue.Length is 0 or > 64 || !body.Queue.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-')
            ? Refusal.Invalid("queue", "must be lower-case letters, digits and hyphens, at most 64")
        : body.DueHours is not (> 0 and <= 8_760) ? Refusal.Invalid("dueHours", "must be above 0 and at most a year")
        : body.AmountAtLeast is < 0 ? Refusal.Invalid("amountAtLeast", "must not be negative")
        : body.ExceptionType is { Length: > 0 } type && ExceptionCatalog.Find(type) is null
            ? Refusal.Invalid("exceptionType", $"must be one of {string.Join(", ", ExceptionCatalog.All.Select(known => known.Code))}")
        : body.Calendar is { Length: > 0 } calendar && calendar != CalendarBook.OfUnit && !await db.Calendars.AnyAsync(c => c.Name == calendar, cancellationToken)
            ? Refusal.Invalid("calendar", $"\"{calendar}\" must be a calendar's name, or \"{CalendarBook.OfUnit}\"")
        : null;

    private async Task Replace(IReadOnlyList<BookRule> book, Actor actor, CancellationToken cancellationToken)
    {
        var present = await db.RoutingRules.ToDictionaryAsync(r => r.Id, cancellationToken);
        for (var i = 0; i < book.Count; i++)
        {
            var one = book[i];
            if (!present.Remove(one.Id, out var rule))
            {
                rule = new RoutingRule { Id = one.Id, Name = one.Rule.Name, Queue = one.Rule.Queue };
                db.RoutingRules.Add(rule);
            }

            if (BookRule.Of(rule).Rule != one.Rule with { QueueLabel = null } || rule.UpdatedBy.Length == 0)
            {
                (rule.UpdatedAt, rule.UpdatedBy) = (Now, actor.Name);
            }

            rule.Take(one.Rule);
            rule.Ordinal = i + 1;
            await MakeQueue(one.Rule, cancellationToken);
        }

        db.RoutingRules.RemoveRange(present.Values);
    }

    // The number is the key, so of two who publish at once the database lets one in.
    private async Task<Outcome<BookPublished>> Version(Actor actor, string note, int? broughtBack, CancellationToken cancellationToken)
    {
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = Now });
        var saved = await db.CommitWith(0, cancellationToken);
        if (!saved.Accepted)
        {
            return saved.Refusal;
        }

        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        var version = new BookVersion
        {
            Version = await Latest(cancellationToken) + 1, Rules = BookRule.ToJson(rules.ConvertAll(BookRule.Of)), At = Now, ById = actor.Id, By = actor.Name,
            Note = note.Length > Columns.Sentence ? note[..Columns.Sentence] : note, BroughtBack = broughtBack,
        };
        db.BookVersions.Add(version);
        var numbered = await db.CommitWith(0, cancellationToken);
        if (!numbered.Accepted)
        {
            return Refusal.Stale("The rule book");
        }

        var routed = await db.Cases.Where(c => c.State == CaseState.Open && c.Holder == null && c.RoutedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RoutedAt, (DateTimeOffset?)null), cancellationToken);
        return new BookPublished(version.Version, routed);
    }

    private void Ring()
    {
        bells.Routing.Ring();
        bells.Changes.Ring();
    }
}

/// <param name="Version">The number under which it stands.</param>
/// <param name="Routed">How many open exceptions are routed anew.</param>
public sealed record BookPublished(int Version, int Routed);
