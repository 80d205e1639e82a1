using Microsoft.Extensions.Options;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>Adds a four-eyes rule or gives one a new version. It counts from the next replay on; what was ordered before stays ordered.</summary>
/// <param name="Id">The rule; nothing: a new one.</param>
/// <param name="Seen">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Body">What it says from now on.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SaveFourEyesRule(Guid? Id, int? Seen, FourEyesBody Body, Actor Actor) : IRequest<Outcome<FourEyesSaved>>, IGuarded
{
    /// <summary>Hours over which a rule may add up: 31 days.</summary>
    public const double LongestWindow = 31 * 24;

    public Right Needs => Right.ManageRules;
}

/// <param name="Attributes">Names of payload fields; none: the rule does not look at changes.</param>
/// <param name="AmountAbove">In the reporting currency.</param>
/// <param name="TogetherAbove">In the reporting currency, added up by <paramref name="Together"/>.</param>
/// <param name="WindowHours">1 to 744; 24 when absent.</param>
public sealed record FourEyesBody(
    string Name, string? EntityType = null, string? Unit = null, string? LegalEntity = null, IReadOnlyList<string>? Attributes = null,
    decimal? AmountAbove = null, decimal? TogetherAbove = null, Together Together = Together.Alone, double? WindowHours = null, bool Disabled = false);

public sealed record FourEyesSaved(Guid Id, int Version, string Says);

internal sealed class SaveFourEyesRuleHandler(OpsDb db, TimeProvider clock, WorkSignals bells, IOptions<ReportingOptions> reporting)
    : IRequestHandler<SaveFourEyesRule, Outcome<FourEyesSaved>>
{
    public async Task<Outcome<FourEyesSaved>> Handle(SaveFourEyesRule request, CancellationToken cancellationToken)
    {
        if (Wrong(request.Body) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var before = request.Id is { } id ? await db.FourEyesRules.SingleOrDefaultAsync(r => r.Id == id && r.ReplacedAt == null, cancellationToken) : null;
        if (request.Id is not null && before is null)
        {
            return Refusal.NotFound("The rule");
        }

        if (before is not null && request.Seen is { } seen && seen != before.Version)
        {
            return Refusal.Stale($"The rule {before.Name}");
        }

        var rule = Make(request, before, now);
        if (before is not null)
        {
            (before.ReplacedAt, before.ReplacedById) = (now, request.Actor.Id);
        }

        var says = FourEyesWords.Say(rule, reporting.Value.Currency);
        db.FourEyesRules.Add(rule);
        db.Audit.Add(AuditEntry.Of(request.Actor, "four-eyes.save", $"four-eyes rule {rule.Name}", Detail(rule, before, says), now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(new FourEyesSaved(rule.Id, rule.Version, says), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }

    private string Detail(FourEyesRule rule, FourEyesRule? before, string says)
    {
        var was = before is null ? "" : $"; was {(before.Disabled ? "switched off" : FourEyesWords.Say(before, reporting.Value.Currency))}";
        return $"version {rule.Version}: {(rule.Disabled ? "switched off" : says)}{was}";
    }

    private static FourEyesRule Make(SaveFourEyesRule request, FourEyesRule? before, DateTimeOffset now)
    {
        var body = request.Body;
        var fields = body.Attributes?.Select(field => field.Trim()).Where(field => field.Length > 0).Distinct(StringComparer.Ordinal).ToList() ?? [];
        return new FourEyesRule
        {
            Id = before?.Id ?? Guid.CreateVersion7(now), Version = (before?.Version ?? 0) + 1, Name = body.Name.Trim(),
            EntityType = Given(body.EntityType), Unit = Given(body.Unit), LegalEntity = Given(body.LegalEntity), Attributes = fields.Count == 0 ? null : string.Join(',', fields),
            AmountAbove = body.AmountAbove, TogetherAbove = body.TogetherAbove, Together = body.Together, Window = body.WindowHours ?? 24, Disabled = body.Disabled,
            At = now, ById = request.Actor.Id, ByName = request.Actor.Name,
        };
    }

    private static Refusal? Wrong(FourEyesBody body) =>
        body.Name?.Trim().Length is null or 0 or > 120 ? Refusal.Invalid("name", "must have 1 to 120 characters")
        : body.EntityType is { Length: > 64 } ? Refusal.Invalid("entityType", "must have at most 64 characters")
        : body.Unit is { Length: > 256 } || body.LegalEntity is { Length: > 256 } ? Refusal.Invalid("unit", "must have at most 256 characters, a legal entity too")
        : body.AmountAbove is < 0 or > 1e12m ? Refusal.Invalid("amountAbove", "must be 0 or more")
        : body.TogetherAbove is < 0 or > 1e12m ? Refusal.Invalid("togetherAbove", "must be 0 or more")
        : !Enum.IsDefined(body.Together) ? Refusal.Invalid("together", "must be alone, preparer, cause or counterparty")
        : body.TogetherAbove is null != body.Together is Together.Alone ? Refusal.Invalid("together", "goes with togetherAbove: what is added up needs a limit, and a limit needs to know what is added up")
        : body.WindowHours is not (null or (>= 1 and <= SaveFourEyesRule.LongestWindow)) ? Refusal.Invalid("windowHours", $"must be 1 to {SaveFourEyesRule.LongestWindow:0}")
        : body.Attributes is { } fields && (fields.Sum(field => field.Length + 1) > 500 || fields.Any(field => field.Contains(',', StringComparison.Ordinal)))
            ? Refusal.Invalid("attributes", "must be names without commas, 500 characters together")
        : body.Attributes is { Count: > 0 } && body.Together is not Together.Alone
            ? Refusal.Invalid("attributes", "do not go with adding up: which fields earlier replays changed is not looked at")
        : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
