using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>One exception that somebody wants to send again, with the fields that its repair changed (<see cref="ChangedFields.Of"/>).</summary>
public sealed record FourEyesItem(ExceptionCase Case, IReadOnlyCollection<string> Changed);

/// <summary>Why a second person must decide.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rule">Its name.</param>
/// <param name="Says">A sentence with the figures.</param>
public sealed record FourEyesReason(Guid RuleId, int Version, string Rule, string Says);

/// <summary>Whether a second person must decide, and by which rules.</summary>
public sealed record FourEyesVerdict(IReadOnlyList<FourEyesReason> Reasons)
{
    public bool Needed => Reasons.Count > 0;

    /// <summary>The first reason; empty when nobody else is needed.</summary>
    public string Said => Reasons.Count == 0 ? "" : Reasons[0].Says;

    /// <summary>What is answered to who tried alone.</summary>
    public Refusal Refuse() => Refusal.Conflict("replay.needs-approval", $"{Said} Submit it instead.");
}

/// <summary>
/// Decides whether replays need a second person: one by one, added up over all that are asked for together, and over what the rules' windows
/// hold already. Everybody is judged alike, administrators and keys too; who loosened a rule is still bound by what it said before.
/// </summary>
public sealed class FourEyes(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting)
{
    /// <summary>
    /// The decision. Call it inside the transaction that orders the replays: what may go alone is written down in it and counts from then
    /// on, and others who are added up with it wait until it ends.
    /// </summary>
    /// <param name="items">All that are ordered together, a bulk's whole selection.</param>
    /// <param name="preparer">Who orders them.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public async Task<FourEyesVerdict> Judge(IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(preparer);
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Four eyes are judged in the transaction that orders the replays.");
        }

        var rules = await Rules(preparer, cancellationToken);
        await db.Dialect.HoldPurses(db, Purses.Of(rules, items, preparer), clock.GetUtcNow(), cancellationToken);
        var verdict = await Weigh(rules, items, preparer, cancellationToken);
        if (!verdict.Needed)
        {
            await Note(items, preparer, cancellationToken);
        }

        return verdict;
    }

    /// <summary>What <see cref="Judge"/> would say now, for pages and previews. Writes nothing and holds nobody up.</summary>
    public async Task<FourEyesVerdict> Foresee(IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(preparer);
        return await Weigh(await Rules(preparer, cancellationToken), items, preparer, cancellationToken);
    }

    /// <summary>Those of many that need a second person each by itself, whatever they are added up with: for a bulk's preview.</summary>
    public async Task<IReadOnlySet<Guid>> ByThemselves(IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(preparer);
        var rules = await Rules(preparer, cancellationToken);
        return items.Where(item => !preparer.Mandate.Covers(item.Case.Amount, item.Case.ReportingAmount) || rules.Exists(rule => rule.Concerns(item.Case, item.Changed) && ByItself(rule, [item]) is not null)).Select(item => item.Case.Id).ToHashSet();
    }

    // Those in force, and those that this person replaced or retired within their window.
    private async Task<List<FourEyesRule>> Rules(Actor preparer, CancellationToken cancellationToken)
    {
        var longest = clock.GetUtcNow().AddHours(-SaveFourEyesRule.LongestWindow);
        var rules = await db.FourEyesRules.AsNoTracking()
            .Where(r => r.ReplacedAt == null || (r.ReplacedById == preparer.Id && r.ReplacedAt >= longest)).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        return rules.FindAll(rule => !rule.Disabled && (rule.ReplacedAt is not { } replaced || replaced >= clock.GetUtcNow().AddHours(-rule.Window)));
    }

    private async Task<FourEyesVerdict> Weigh(List<FourEyesRule> rules, IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken)
    {
        var reasons = new List<FourEyesReason>();
        foreach (var rule in rules)
        {
            var concerned = items.Where(item => rule.Concerns(item.Case, item.Changed)).ToList();
            if (concerned.Count > 0 && (ByItself(rule, concerned) ?? await AddedUp(rule, concerned, preparer, cancellationToken)) is { } says)
            {
                reasons.Add(new FourEyesReason(rule.Id, rule.Version, rule.Name, says));
            }
        }

        if (reasons.Count == 0 && Beyond(items, preparer) is { } beyond)
        {
            reasons.Add(new FourEyesReason(Guid.Empty, 0, "Mandate", $"{beyond} A second person must approve it."));
        }

        return new FourEyesVerdict(reasons);
    }

    /// <summary>Why this is more than somebody decides, one by one or all together; nothing: it is not.</summary>
    public string? Beyond(IReadOnlyList<FourEyesItem> items, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Mandate.UpTo is not { } limit)
        {
            return null;
        }

        var sum = items.GroupBy(item => item.Case.ObjectKey).Sum(one => one.Max(item => item.Case.ReportingAmount) ?? 0);
        return items.Any(item => item.Case is { Amount: not null, ReportingAmount: null }) ? $"You decide up to {Say(limit)}, and of an amount there is no known rate to {reporting.Value.Currency}."
            : sum > limit ? $"You decide up to {Say(limit)}; {(items.Count == 1 ? "this is" : "together this makes")} {Say(sum)}."
            : null;
    }

    private string? ByItself(FourEyesRule rule, List<FourEyesItem> concerned)
    {
        if (rule.Always)
        {
            var touched = concerned.SelectMany(item => rule.Touched(item.Changed)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            return $"{(touched.Count > 0 ? $"A change of {string.Join(", ", touched)}" : rule.Name)} needs a second person.";
        }

        return rule.AmountAbove is not { } limit ? null
            : concerned.Exists(item => item.Case is { Amount: not null, ReportingAmount: null }) ? $"An amount without a known rate to {reporting.Value.Currency} needs a second person."
            : concerned.Exists(item => item.Case.ReportingAmount > limit) ? $"Above {Say(limit)} a second person must approve it."
            : null;
    }

    private async Task<string?> AddedUp(FourEyesRule rule, List<FourEyesItem> concerned, Actor preparer, CancellationToken cancellationToken)
    {
        if (rule is not { TogetherAbove: { } limit, Together: not Together.Alone })
        {
            return null;
        }

        var purses = concerned.Where(item => item.Case.ReportingAmount > 0).GroupBy(item => Purses.Name(rule.Together, item.Case, preparer)).Where(purse => purse.Key is not null).ToList();
        var alone = await Purses.Sent(db, rule, clock.GetUtcNow().AddHours(-rule.Window), purses.ConvertAll(purse => purse.Key!), cancellationToken);
        foreach (var purse in purses)
        {
            var sent = alone[purse.Key!].ToDictionary(one => one.Object, one => one.Amount);
            var earlier = sent.Values.Sum();
            foreach (var one in purse.GroupBy(item => item.Case.ObjectKey))
            {
                sent[one.Key] = Math.Max(sent.GetValueOrDefault(one.Key), one.Max(item => item.Case.ReportingAmount) ?? 0);
            }

            if (sent.Values.Sum() is var sum && sum > limit)
            {
                return Say(rule, purse.Key!, sum, earlier, limit, purse.Select(item => item.Case.ObjectKey).Distinct().Count() == 1);
            }
        }

        return null;
    }

    private string Say(FourEyesRule rule, string purse, decimal sum, decimal earlier, decimal limit, bool one)
    {
        var whose = rule.Together switch { Together.Preparer => "you", Together.Cause => "anybody, of this cause,", _ => $"anybody, for {purse}," };
        var hours = rule.Window.ToString("0.#", CultureInfo.InvariantCulture);
        return earlier > 0
            ? $"With the {Say(earlier)} that {whose} sent alone within {hours} h this makes {Say(sum)}: above {Say(limit)} a second person must approve it."
            : one ? $"Above {Say(limit)} a second person must approve it."
            : $"Together this makes {Say(sum)}: above {Say(limit)} a second person must approve it.";
    }

    private string Say(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{reporting.Value.Currency} {amount:N0}");

    private Task Note(IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Dialect.Insert<LoneReplay>(
            db,
            [
                .. from item in items
                   let c = item.Case
                   where c.ReportingAmount > 0
                   select new LoneReplay
                   {
                       Id = Guid.CreateVersion7(now), CaseId = c.Id, PreparerId = preparer.Id, ObjectKey = c.ObjectKey, ObjectType = c.ObjectType, Unit = c.Unit,
                       LegalEntity = c.LegalEntity, Fingerprint = c.Fingerprint, Counterparty = c.ObjectLabel, Amount = c.ReportingAmount!.Value, At = now,
                   },
            ],
            cancellationToken);
    }
}
