using OpsConsole.Cases.Types;
using OpsConsole.Queries;

namespace OpsConsole.Cases;

/// <summary>What exceptions can be searched by. Help, errors and the translation to the database all read this list.</summary>
public static class CaseVocabulary
{
    /// <summary>Types of objects whose key finds everything that belongs with them: <c>order:SO-9</c>.</summary>
    internal static IReadOnlyList<string> Things { get; } = ["customer", "account", "opportunity", "order", "invoice", "credit-memo", "payment", "project", "timesheet", "contract", "item", "package"];

    public static readonly QueryVocabulary All = new(
    [
        new("unit", QueryKind.Text, "business unit", "unit:EMEA"),
        new("entity", QueryKind.Text, "legal entity", "entity:DE01"),
        new("region", QueryKind.Text, "region", "region:CA"),
        new("type", QueryKind.Text, "type of exception, or a word of it", "type:tax") { Choices = Types },
        new("state", QueryKind.Text, "where it stands", "state:claimed") { Choices = States },
        new("queue", QueryKind.Text, "where it waits", "queue:payments"),
        new("system", QueryKind.Text, "system that refused", "system:netsuite"),
        new("operation", QueryKind.Text, "what was tried", "operation:create"),
        new("object", QueryKind.Text, "type of object", "object:invoice"),
        new("id", QueryKind.Text, "object's id, with * its beginning", "id:INV-10*"),
        new("name", QueryKind.Text, "part of the customer's or object's name", "name:norrvik"),
        new("key", QueryKind.Text, "any business key: of the object itself or of what it belongs with", "key:SO-9"),
        new("trace", QueryKind.Text, "trace id", "trace:4bf92f3577b34da6a3ce929d0e0e4736"),
        new("holder", QueryKind.Text, "who holds it: me, nobody or part of a name", "holder:ines"),
        new("amount", QueryKind.Number, "at risk, in the reporting currency", "amount:>1000"),
        new("own", QueryKind.Number, "at risk, in its own currency", "own:5200"),
        new("currency", QueryKind.Text, "its own currency", "currency:CAD"),
        new("opened", QueryKind.Moment, "when it was opened", "opened:>-2d"),
        new("due", QueryKind.Moment, "when it is due", "due:<+4h"),
        new("ended", QueryKind.Moment, "when it ended", "ended:>2026-10-01"),
        new("cause", QueryKind.Text, "words of its cause", "cause:\"no tax profile\""),
        new("error", QueryKind.Text, "error code", "error:TAX*"),
        new("attribute", QueryKind.Text, "attribute that the error names", "attribute:taxProfile"),
        new("target", QueryKind.Text, "where a replay would go", "target:erp-invoices"),
        new("attempts", QueryKind.Number, "how often it was sent", "attempts:>1"),
        new("failures", QueryKind.Number, "how often it failed anew", "failures:>1"),
        .. Things.Select(thing => new QueryField(thing, QueryKind.Text, $"everything that belongs with this {thing.Replace('-', ' ')}", $"{thing}:{Example(thing)}")),
        new("mine", QueryKind.Flag, "I hold it", "mine"),
        new("team", QueryKind.Flag, "somebody of my teams holds it", "team"),
        new("nobody", QueryKind.Flag, "nobody holds it", "nobody"),
        new("overdue", QueryKind.Flag, "past its due time", "overdue"),
        new("returned", QueryKind.Flag, "it came back after it was settled or sent", "returned"),
        new("settled", QueryKind.Flag, "it has ended", "NOT settled"),
    ]);

    /// <summary>True when the field names a type of object, so that its value is a key.</summary>
    internal static bool IsThing(QueryField field) => Things.Contains(field.Name, StringComparer.Ordinal);

    /// <summary>True when a search says itself which states it wants, so that a list need not leave out ended ones.</summary>
    public static bool NamesStates(string? text)
    {
        return Names(QueryParser.Read(text, All, DateTimeOffset.UnixEpoch).Node);

        static bool Names(QueryNode? node) => node switch
        {
            AllOf all => all.Parts.Any(Names),
            AnyOf any => any.Parts.Any(Names),
            NotOf not => Names(not.Part),
            QueryTerm { Field.Name: "state" or "settled" or "ended" } => true,
            _ => false,
        };
    }

    private static IReadOnlyList<string> Types(string word) =>
        ExceptionCatalog.Find(word) is { } exact ? [exact.Code]
        : [.. ExceptionCatalog.All.Where(type => type.Code.Contains(word, StringComparison.OrdinalIgnoreCase) || type.Label.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(type => type.Code)];

    private static IReadOnlyList<string> States(string word) => word.ToLowerInvariant() switch
    {
        "unended" => [.. CaseFlow.Unended.Select(CaseWords.Code)],
        "settled" => [CaseWords.Code(CaseState.Resolved), CaseWords.Code(CaseState.Dismissed)],
        "proven" => [CaseWords.Code(CaseState.Resolved)],
        "to-approve" => [CaseWords.Code(CaseState.AwaitingApproval)],
        "unproven" => [CaseWords.Code(CaseState.AwaitingProof)],
        "on-hold" => [CaseWords.Code(CaseState.Snoozed)],
        var code => CaseWords.State(code) is null ? [] : [code],
    };

    private static string Example(string thing) => thing switch
    {
        "order" => "SO-9",
        "invoice" => "INV-1001",
        "customer" or "account" => "ACC-17",
        "payment" => "PAY-88",
        _ => "17",
    };
}
