using OpsConsole.Cases;
using OpsConsole.Queries;

namespace OpsConsole.Search;

/// <summary>
/// What the one search over spans, events, transactions and exceptions understands: everything that the worklist does, and what the other
/// kinds know besides. A kind that does not know a field of a search is left out of it, and the answer says so.
/// </summary>
public static class SearchVocabulary
{
    /// <summary>Before an attribute's name: <c>attr.tax_code:V1</c>.</summary>
    public const string AttributePrefix = "attr.";

    /// <summary>What can be asked of each kind, the ones that can be searched for first.</summary>
    private static readonly IReadOnlyList<QueryField> s_own =
    [
        new("kind", QueryKind.Text, "span, event, transaction or exception", "kind:span") { Choices = Kinds },
        new("status", QueryKind.Text, "error, ok, pending, late or missing", "status:error") { Choices = Statuses },
        new("service", QueryKind.Text, "service that made the span", "service:erp"),
        new("system", QueryKind.Text, "system that spoke or refused", "system:netsuite"),
        new("unit", QueryKind.Text, "business unit", "unit:EMEA"),
        new("step", QueryKind.Text, "service and name of the span, to the letter", "step:\"erp/post invoice\""),
        new("duration", QueryKind.Duration, "how long the span took", "duration:>2s"),
        new("time", QueryKind.Moment, "when it started, happened or was opened", "time:>-2d"),
        new("key", QueryKind.Text, "any business key: of the thing itself or of what it belongs with", "key:SO-9"),
        new("trace", QueryKind.Text, "trace id", "trace:4bf92f3577b34da6a3ce929d0e0e4736"),
        new("name", QueryKind.Text, "part of the span's name, or of the customer's or object's", "name:norrvik"),
        new("object", QueryKind.Text, "type of object", "object:invoice"),
        new("id", QueryKind.Text, "object's id, with * its beginning", "id:INV-10*"),
        new("operation", QueryKind.Text, "what was tried", "operation:create"),
        new("state", QueryKind.Text, "business state that an event tells, or where an exception stands", "state:posted"),
        new("error", QueryKind.Text, "error code", "error:TAX*"),
        new("flow", QueryKind.Text, "flow of the transaction", "flow:order-to-cash"),
        new("source", QueryKind.Text, "CloudEvents source of the event", "source:urn:acme*"),
        new("own", QueryKind.Number, "amount, in its own currency", "own:>1000"),
    ];

    public static readonly QueryVocabulary All = new(
        [.. s_own, .. CaseVocabulary.All.Fields.Where(field => s_own.All(own => own.Name != field.Name))])
    {
        Family = name => name.Length > AttributePrefix.Length && name.StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase)
            ? new QueryField(AttributePrefix + name[AttributePrefix.Length..], QueryKind.Text, "attribute of a span or an event", "attr.tax_code:missing")
            : null,
    };

    /// <summary>The attribute that a field names, or nothing.</summary>
    internal static string? Attribute(this QueryField field) =>
        field.Name.StartsWith(AttributePrefix, StringComparison.Ordinal) ? field.Name[AttributePrefix.Length..] : null;

    /// <summary>True when the field's value is a business key.</summary>
    internal static bool IsKey(this QueryField field) => field.Name == "key" || CaseVocabulary.IsThing(field);

    private static IReadOnlyList<string> Kinds(string word) => Enum.TryParse<SearchKind>(word.TrimEnd('s', 'S'), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? [kind.ToString()] : [];

    private static IReadOnlyList<string> Statuses(string word) => word.ToLowerInvariant() switch
    {
        "error" or "failed" => [SearchStatus.Error],
        "ok" or "fine" or "succeeded" or "done" => [SearchStatus.Ok],
        "pending" or "running" => [SearchStatus.Pending],
        "late" => [SearchStatus.Late],
        "missing" => [SearchStatus.Missing],
        _ => [],
    };
}

/// <summary>What can be searched for, in the order of the answer.</summary>
public enum SearchKind
{
    Span,
    Event,
    Transaction,
    Exception,
}

/// <summary>The codes of the field <c>status</c>.</summary>
internal static class SearchStatus
{
    /// <summary>A span that failed, an event that tells of a failure, a transaction with a milestone that has not come, an open exception.</summary>
    public const string Error = "error";

    /// <summary>The opposite: not failed, succeeded, completed in time, ended.</summary>
    public const string Ok = "ok";

    /// <summary>Of events and transactions: under way.</summary>
    public const string Pending = "pending";

    /// <summary>Of transactions: a milestone came after its deadline.</summary>
    public const string Late = "late";

    /// <summary>Of transactions: a milestone has not come and its deadline has passed.</summary>
    public const string Missing = "missing";
}
