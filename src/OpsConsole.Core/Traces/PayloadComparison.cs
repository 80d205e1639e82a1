using System.Text.Json;
using OpsConsole.Events;

namespace OpsConsole.Traces;

/// <summary>The messages of one kind in a run and in its twin, value by value. What contracts call secret is dots on both sides.</summary>
/// <param name="Place">Of which objects: their type; in a transaction the chain of types from its lead.</param>
/// <param name="System">Who told of it.</param>
/// <param name="Operation">Empty when absent.</param>
/// <param name="Here">Nothing: this run has no such message.</param>
/// <param name="Healthy">Nothing: the healthy run has none.</param>
/// <param name="Hidden">The reader may not read exceptions, and so not their messages: that there are some is all they are told.</param>
/// <param name="Fields">What differs between the two, what only names the run itself last; at most 200. None where a side is missing.</param>
public sealed record PayloadComparison(string Place, string System, string Operation, PayloadSide? Here, PayloadSide? Healthy, bool Hidden, IReadOnlyList<PayloadField> Fields)
{
    private const int MostFields = 200;

    /// <param name="here">Of this run; nothing: it has none.</param>
    /// <param name="healthy">Of the healthy run; one of the two is there.</param>
    /// <param name="texts">The messages by their facts' keys, as they may be shown; nothing: they may not.</param>
    internal static PayloadComparison Of(ToldPayload? here, ToldPayload? healthy, IReadOnlyDictionary<string, string>? texts)
    {
        var kind = (here ?? healthy)!.Kind;
        return new PayloadComparison(
            kind.Place, kind.System, kind.Operation, here?.Side, healthy?.Side, texts is null,
            here is null || healthy is null || texts is null ? [] : Compare(here, Json(texts[Convert.ToHexString(here.Key)]), healthy, Json(texts[Convert.ToHexString(healthy.Key)])));
    }

    private static List<PayloadField> Compare(ToldPayload here, string ours, ToldPayload healthy, string theirs) =>
    [
        .. (from change in JsonDiff.Of(ours, theirs)
            let mark = MarkOf(change, here.Side.Object.Id, healthy.Side.Object.Id)
            orderby mark is AttributeMark.Own ? 1 : 0
            select new PayloadField(change.Pointer, Readable(change.Before), Readable(change.After), mark)).Take(MostFields),
    ];

    private static AttributeMark MarkOf(JsonChange change, string here, string healthy) =>
        change.Before is null ? AttributeMark.OnlyHealthy
        : change.After is null ? AttributeMark.OnlyHere
        : AttributeComparison.NamesTheRun(JsonPointer.Name(change.Pointer)) || (JsonEdit.Plain(change.Before) == here && JsonEdit.Plain(change.After) == healthy) ? AttributeMark.Own
        : AttributeMark.Differs;

    // Letters as letters, not as escapes.
    private static string? Readable(string? literal) => literal is ['"', ..] ? JsonEdit.Quote(JsonEdit.Plain(literal)) : literal;

    // A message that is no JSON is compared as one text.
    private static string Json(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return text;
        }
        catch (JsonException)
        {
            return JsonEdit.Quote(text);
        }
    }
}

/// <summary>The message that is compared of one of the two runs.</summary>
/// <param name="Object">What it is about.</param>
/// <param name="Time">When it was told of.</param>
/// <param name="Failed">It was refused.</param>
public sealed record PayloadSide(ObjectRef Object, DateTimeOffset Time, bool Failed);

/// <summary>A value that differs.</summary>
/// <param name="Path">Where it stands in the message (RFC 6901); empty: the whole.</param>
/// <param name="Here">As JSON; nothing: it is not there.</param>
/// <param name="Healthy">The same of the healthy run.</param>
/// <param name="Mark">What differs.</param>
public sealed record PayloadField(string Path, string? Here, string? Healthy, AttributeMark Mark);
