using OpsConsole.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>A list of transactions as an address, for pages and API alike.</summary>
public static class TransactionUri
{
    public const string Path = "/transactions";

    public static TransactionFilter Of(Address address) => new()
    {
        Flow = address.Text("flow"),
        Query = address.Text("q"),
        Unit = address.Text("unit"),
        LegalEntity = address.Text("legal-entity"),
        Region = address.Text("region"),
        Currency = address.Text("currency"),
        Status = address.OneOf<TransactionStatus>("status"),
        Milestone = address.Text("milestone"),
        MilestoneIs = address.OneOf<MilestoneAsked>("is"),
        Since = address.Moment("since"),
        Until = address.Moment("until"),
        HeldBack = address.Has("held", "customer"),
        Lag = address.Text("lag")?.Split("..") is [var from, var to]
            ? new LagAsked(from, to, address.Moment("lag-since"), address.Moment("lag-until"), address.Number("over"), address.Number("up-to"), address.Has("absent", "yes"))
            : null,
    };

    public static string To(TransactionFilter filter) => Address.To(
        Path,
        ("flow", filter.Flow),
        ("q", filter.Query),
        ("unit", filter.Unit),
        ("legal-entity", filter.LegalEntity),
        ("region", filter.Region),
        ("currency", filter.Currency),
        ("status", Address.Write(filter.Status)),
        ("milestone", filter.Milestone),
        ("is", Address.Write(filter.MilestoneIs)),
        ("since", Address.Write(filter.Since)),
        ("until", Address.Write(filter.Until)),
        ("held", filter.HeldBack ? "customer" : null),
        ("lag", filter.Lag is { } lag ? $"{lag.From}..{lag.To}" : null),
        ("lag-since", Address.Write(filter.Lag?.Since)),
        ("lag-until", Address.Write(filter.Lag?.Until)),
        ("over", Address.Write(filter.Lag?.MoreThan)),
        ("up-to", Address.Write(filter.Lag?.AtMost)),
        ("absent", filter.Lag is { Absent: true } ? "yes" : null));

    public static string To(string flow, string lead) => $"{Path}/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(lead)}";

    /// <summary>A transaction beside a healthy one.</summary>
    public static string Twin(string flow, string lead) => $"/twins/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(lead)}";
}
