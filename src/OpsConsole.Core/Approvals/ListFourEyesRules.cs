using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>When a second person must approve: the rules in force, with every version that they had.</summary>
public sealed record ListFourEyesRules(Actor Actor) : IRequest<Outcome<FourEyesRules>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Items">In force or switched off, oldest first.</param>
/// <param name="Currency">Of every amount: the reporting currency.</param>
public sealed record FourEyesRules(IReadOnlyList<FourEyesRuleRow> Items, string Currency);

/// <param name="Says">As a sentence.</param>
/// <param name="Versions">Earlier ones too, latest first.</param>
public sealed record FourEyesRuleRow(
    Guid Id, int Version, string Name, string? EntityType, string? Unit, string? LegalEntity, IReadOnlyList<string> Attributes, decimal? AmountAbove,
    decimal? TogetherAbove, Together Together, double Window, bool Disabled, string Says, IReadOnlyList<FourEyesVersion> Versions);

public sealed record FourEyesVersion(int Version, string Name, string Says, bool Disabled, string By, DateTimeOffset At);

internal sealed class ListFourEyesRulesHandler(OpsDb db, IOptions<ReportingOptions> reporting) : IRequestHandler<ListFourEyesRules, Outcome<FourEyesRules>>
{
    public async Task<Outcome<FourEyesRules>> Handle(ListFourEyesRules request, CancellationToken cancellationToken)
    {
        var all = await db.FourEyesRules.AsNoTracking().OrderBy(r => r.Id).ThenByDescending(r => r.Version).ToListAsync(cancellationToken);
        var rows =
            from versions in all.GroupBy(rule => rule.Id)
            let now = versions.FirstOrDefault(rule => rule.ReplacedAt is null)
            where now is not null
            orderby versions.Min(rule => rule.At), now.Name
            select Row(now, [.. versions]);
        return new FourEyesRules([.. rows], reporting.Value.Currency);
    }

    private FourEyesRuleRow Row(FourEyesRule now, IReadOnlyList<FourEyesRule> versions) => new(
        now.Id, now.Version, now.Name, now.EntityType, now.Unit, now.LegalEntity, now.Fields, now.AmountAbove, now.TogetherAbove, now.Together, now.Window, now.Disabled,
        Say(now), [.. versions.Select(rule => new FourEyesVersion(rule.Version, rule.Name, Say(rule), rule.Disabled, rule.ByName, rule.At))]);

    private string Say(FourEyesRule rule) => FourEyesWords.Say(rule, reporting.Value.Currency);
}
