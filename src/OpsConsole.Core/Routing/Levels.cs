using Microsoft.Extensions.Options;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>The levels of escalation, in order, with how often each was taken in the last 30 days.</summary>
public sealed record ListLevels(Actor Actor) : IRequest<Outcome<LevelList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Recipients">Whom a level may name: codes with the names that people read.</param>
/// <param name="Currency">The reporting currency: amounts are in it.</param>
public sealed record LevelList(IReadOnlyList<LevelRow> Items, IReadOnlyList<LevelRecipient> Recipients, string Currency);

/// <param name="RecipientName">As people read it.</param>
/// <param name="Taken">In the last 30 days.</param>
public sealed record LevelRow(Guid Id, int Ordinal, LevelBody Level, string RecipientName, int Taken, DateTimeOffset UpdatedAt, string UpdatedBy);

public sealed record LevelRecipient(string Code, string Name);

/// <param name="Queue">A queue's code; nothing: any.</param>
/// <param name="AmountAtLeast">In the reporting currency; nothing: any.</param>
/// <param name="LeftPercent">Share of its time that is left, 99 to -1000: 0 when it falls due.</param>
/// <param name="Recipient"><c>holder</c>, <c>person:ID</c>, <c>role:Approver</c> or <c>chat:NAME</c>.</param>
public sealed record LevelBody(string Name, string? Queue, string? Unit, decimal? AmountAtLeast, int LeftPercent, string Recipient, bool Urgent = false, bool Disabled = false);

/// <summary>Adds a level above the others, or changes one. Counts at once for all that has not ended.</summary>
public sealed record SaveLevel(Guid? Id, LevelBody Body, Actor Actor) : IRequest<Outcome<LevelList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <summary>Takes a level away. What it has done stays in the exceptions' histories.</summary>
public sealed record DeleteLevel(Guid Id, Actor Actor) : IRequest<Outcome<LevelList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class ListLevelsHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListLevels, Outcome<LevelList>>
{
    public async Task<Outcome<LevelList>> Handle(ListLevels request, CancellationToken cancellationToken) => await Read(db, reporting.Value.Currency, clock.GetUtcNow(), cancellationToken);

    internal static async Task<LevelList> Read(OpsDb db, string currency, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-30);
        var taken = await db.CaseEscalations.AsNoTracking().Where(e => e.At >= since).GroupBy(e => e.LevelId).Select(level => new { level.Key, Count = level.Count() })
            .ToDictionaryAsync(level => level.Key, level => level.Count, cancellationToken);
        var recipients = await Recipients(db, cancellationToken);
        var names = recipients.ToDictionary(one => one.Code, one => one.Name, StringComparer.Ordinal);
        var rows = await db.EscalationLevels.AsNoTracking().OrderBy(l => l.Ordinal).ThenBy(l => l.Id).ToListAsync(cancellationToken);
        return new LevelList(
            rows.ConvertAll(l => new LevelRow(
                l.Id, l.Ordinal, new LevelBody(l.Name, l.Queue, l.Unit, l.AmountAtLeast, l.LeftPercent, l.Recipient, l.Urgent, l.Disabled),
                names.GetValueOrDefault(l.Recipient, "nobody any more: the unit's stewards"), taken.GetValueOrDefault(l.Id), l.UpdatedAt, l.UpdatedBy)),
            recipients, currency);
    }

    internal static async Task<List<LevelRecipient>> Recipients(OpsDb db, CancellationToken cancellationToken)
    {
        var people = await db.People.AsNoTracking().Where(p => !p.Disabled).OrderBy(p => p.DisplayName).Select(p => new { p.Id, p.DisplayName }).ToListAsync(cancellationToken);
        var hooks = await db.ChatHooks.AsNoTracking().OrderBy(h => h.Label).Select(h => new { h.Name, h.Label }).ToListAsync(cancellationToken);
        return
        [
            new LevelRecipient(EscalationLevel.Holder, "whoever holds it, else the unit's stewards"),
            .. Enum.GetValues<Access.Role>().Select(role => new LevelRecipient(Notice.ToRole(role), $"{role}s of the unit")),
            .. people.Select(p => new LevelRecipient(Notice.ToPerson(p.Id), p.DisplayName)),
            .. hooks.Select(h => new LevelRecipient(Notice.ToChat(h.Name), $"the channel {h.Label}")),
        ];
    }
}

internal sealed class SaveLevelHandler(OpsDb db, TimeProvider clock, WorkSignals bells, IOptions<ReportingOptions> reporting) : IRequestHandler<SaveLevel, Outcome<LevelList>>
{
    public async Task<Outcome<LevelList>> Handle(SaveLevel request, CancellationToken cancellationToken)
    {
        var (body, now) = (request.Body, clock.GetUtcNow());
        if (await Fault(body, cancellationToken) is { } fault)
        {
            return fault;
        }

        var level = request.Id is { } id ? await db.EscalationLevels.SingleOrDefaultAsync(l => l.Id == id, cancellationToken) : null;
        if (request.Id is not null && level is null)
        {
            return Refusal.NotFound("The level");
        }

        if (level is null)
        {
            var last = await db.EscalationLevels.MaxAsync(l => (int?)l.Ordinal, cancellationToken) ?? 0;
            level = new EscalationLevel { Id = Guid.CreateVersion7(now), Ordinal = last + 1, Name = body.Name, Recipient = body.Recipient };
            db.EscalationLevels.Add(level);
        }

        (level.Name, level.Queue, level.Unit) = (body.Name.Trim(), Given(body.Queue), Given(body.Unit));
        (level.AmountAtLeast, level.LeftPercent, level.Recipient) = (body.AmountAtLeast, body.LeftPercent, body.Recipient);
        (level.Urgent, level.Disabled, level.UpdatedAt, level.UpdatedBy) = (body.Urgent, body.Disabled, now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(request.Actor, "escalation.save", $"escalation {level.Name}", $"{level.LeftPercent}% left, to {level.Recipient}{(level.Disabled ? ", switched off" : "")}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(0, cancellationToken);
        bells.Routing.Ring();
        bells.Changes.Ring();
        return saved.Accepted ? await ListLevelsHandler.Read(db, reporting.Value.Currency, now, cancellationToken) : saved.Refusal;
    }

    private async Task<Refusal?> Fault(LevelBody body, CancellationToken cancellationToken)
    {
        var (queue, recipient) = (Given(body.Queue), body.Recipient);
        return body.Name is null || body.Name.Trim().Length is 0 or > 120 ? Refusal.Invalid("name", "must have 1 to 120 characters")
            : body.LeftPercent is > 99 or < -1_000 ? Refusal.Invalid("leftPercent", "must be 99 to -1000: 0 when it falls due")
            : body.AmountAtLeast is < 0 ? Refusal.Invalid("amountAtLeast", "must not be negative")
            : queue is not null && !await db.Queues.AnyAsync(q => q.Code == queue, cancellationToken) ? Refusal.Invalid("queue", "must be a queue's code")
            : (await ListLevelsHandler.Recipients(db, cancellationToken)).TrueForAll(one => one.Code != recipient)
                ? Refusal.Invalid("recipient", "must be holder, a role, a person or a registered chat channel")
            : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal sealed class DeleteLevelHandler(OpsDb db, TimeProvider clock, WorkSignals bells, IOptions<ReportingOptions> reporting) : IRequestHandler<DeleteLevel, Outcome<LevelList>>
{
    public async Task<Outcome<LevelList>> Handle(DeleteLevel request, CancellationToken cancellationToken)
    {
        if (await db.EscalationLevels.SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken) is not { } level)
        {
            return Refusal.NotFound("The level");
        }

        var now = clock.GetUtcNow();
        db.EscalationLevels.Remove(level);
        db.Audit.Add(AuditEntry.Of(request.Actor, "escalation.delete", $"escalation {level.Name}", "", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        await db.SaveChangesAsync(cancellationToken);
        bells.Changes.Ring();
        return await ListLevelsHandler.Read(db, reporting.Value.Currency, now, cancellationToken);
    }
}
