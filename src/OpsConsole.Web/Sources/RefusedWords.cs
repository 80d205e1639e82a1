using OpsConsole.Intake.Bulk;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Sources;

/// <summary>What is wrong with a kind of refused facts, in words, and where it would be mended.</summary>
internal static class RefusedWords
{
    private static readonly string[] s_attributes = ["specversion", "id", "source", "type", "subject", "time", "sequence", "correlationid"];

    public static string Of(RefusedKind kind) => kind.Reason switch
    {
        "unknown-type" => "No mapping for this type",
        "unit-not-allowed" => "A unit that the source may not speak for",
        "source-not-allowed" => "A CloudEvents source that the key may not use",
        "mapping-no-entity" => "The mapping finds no entity",
        "mapping-value-unknown" => $"The mapping has no meaning for its {Words.Of(kind.Field)}",
        "error-code-missing" => "Failed without an error code",
        "amount-without-currency" => "An amount without a currency",
        "too-deep" => "Nested too deep",
        "nul" => "A NUL byte in it",
        _ => Words.Sentence(kind.Reason),
    };

    /// <summary>Where the field stands in the event: <c>data.currency</c>, but <c>time</c>; empty when none is named or it stands in a list.</summary>
    public static string PathOf(RefusedKind kind) =>
        kind.Field.Length == 0 || kind.Field is "event" or "data" or "body" || kind.Field.StartsWith("links", StringComparison.Ordinal) || kind.Field.StartsWith("aliases", StringComparison.Ordinal) ? ""
        : s_attributes.Contains(kind.Field) ? kind.Field
        : $"data.{kind.Field}";
}
