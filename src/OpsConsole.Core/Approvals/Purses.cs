using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>What is added up with what: a preparer's, a cause's, a customer's, each by its name.</summary>
internal static class Purses
{
    /// <summary>The purse that a replay of this exception is added up in; nothing: none.</summary>
    public static string? Name(Together together, ExceptionCase @case, Actor preparer) => together switch
    {
        Together.Preparer => preparer.Id,
        Together.Cause => @case.Fingerprint,
        Together.Counterparty => @case.ObjectLabel,
        _ => null,
    };

    /// <summary>The locks that stand for all that these rules add these items up with, each once.</summary>
    public static IReadOnlyList<Guid> Of(List<FourEyesRule> rules, IReadOnlyList<FourEyesItem> items, Actor preparer) =>
    [
        .. (from together in rules.Where(rule => rule.TogetherAbove is not null).Select(rule => rule.Together).Distinct()
            from name in items.Where(item => item.Case.ReportingAmount > 0).Select(item => Name(together, item.Case, preparer)).Distinct(StringComparer.Ordinal)
            where name is not null
            select Ids.Key(["four-eyes", together.ToString(), name])).Distinct(),
    ];

    /// <summary>What was sent alone after that moment and concerns the rule: of each purse each object once, with its greatest amount. One question, however many purses.</summary>
    public static async Task<ILookup<string, (Guid Object, decimal Amount)>> Sent(
        OpsDb db, FourEyesRule rule, DateTimeOffset since, IReadOnlyCollection<string> purses, CancellationToken cancellationToken)
    {
        var sent = db.LoneReplays.AsNoTracking().Where(l => l.At > since);
        sent = rule.EntityType is { } type ? sent.Where(l => l.ObjectType == type) : sent;
        sent = rule.Unit is { } unit ? sent.Where(l => l.Unit == unit) : sent;
        sent = rule.LegalEntity is { } entity ? sent.Where(l => l.LegalEntity == entity) : sent;
        var named = rule.Together switch
        {
            Together.Preparer => sent.Select(l => new { Purse = l.PreparerId, l.ObjectKey, l.Amount }),
            Together.Cause => sent.Select(l => new { Purse = l.Fingerprint, l.ObjectKey, l.Amount }),
            _ => sent.Select(l => new { Purse = l.Counterparty!, l.ObjectKey, l.Amount }),
        };
        var rows = await named.Where(l => purses.Contains(l.Purse))
            .GroupBy(l => new { l.Purse, l.ObjectKey })
            .Select(one => new { one.Key.Purse, one.Key.ObjectKey, Amount = one.Max(l => l.Amount) })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Purse, row => (row.ObjectKey, row.Amount), StringComparer.Ordinal);
    }
}
