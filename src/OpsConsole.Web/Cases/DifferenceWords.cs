using OpsConsole.Cases.Differences;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>Differences between what fails and what succeeds in business words: fields as forms call them, not as programs do.</summary>
internal static class DifferenceWords
{
    private static readonly string[] s_wrapped = ["payload.", "attributes.", "resource.", "event."];

    /// <summary><c>attributes.taxProfile</c> is "tax profile"; another system's field keeps its system: "Stripe's tax profile".</summary>
    public static string Field(Difference difference)
    {
        var field = difference.Field;
        if (difference.Kind is MarkKind.Silent)
        {
            return field;
        }

        if (s_wrapped.FirstOrDefault(wrap => field.StartsWith(wrap, StringComparison.Ordinal)) is { } wrapped)
        {
            return Words.Of(field[wrapped.Length..]);
        }

        if (field.StartsWith("links.", StringComparison.Ordinal))
        {
            return $"link to the {Words.Of(field["links.".Length..])}";
        }

        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? $"{Words.System(field[..dot])}'s {Words.Of(field[(dot + 1)..])}" : Words.Of(field);
    }

    /// <summary>As a bar is labelled: "Region CA", "No tax profile".</summary>
    public static string Mark(Difference difference) => difference.Kind switch
    {
        MarkKind.Lacks => $"No {Field(difference)}",
        MarkKind.Has => Capital($"{Field(difference)} there"),
        MarkKind.Is => Capital($"{Field(difference)} {difference.Value}"),
        _ => $"{Field(difference)} silent",
    };

    /// <summary>The whole of it as a sentence without its end, so that money can follow.</summary>
    public static string Sentence(Difference difference)
    {
        var (field, failed, healthy) = (Field(difference), Share(difference.FailedShare), Share(difference.HealthyShare));
        var article = field.Contains("'s ", StringComparison.Ordinal) ? "" : "the ";
        return Capital(difference.Kind switch
        {
            MarkKind.Lacks => $"{failed} of them lack {article}{field}, {healthy} of the healthy ones",
            MarkKind.Has => $"{failed} of them have {article}{field}, {healthy} of the healthy ones",
            MarkKind.Is => $"in {failed} of them {article}{field} is {difference.Value}, in {healthy} of the healthy ones",
            _ => $"of {failed} of them {field} has said nothing, of {healthy} of the healthy ones",
        });
    }

    private static string Share(double share) => share <= 0 ? "none" : share >= 1 ? "all" : Say.Share(share);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
