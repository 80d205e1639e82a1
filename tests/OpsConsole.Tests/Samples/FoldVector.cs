using System.Text.Json;
using OpsConsole.Flows;

namespace OpsConsole.Tests.Samples;

/// <summary>A published scenario: events, and what must come of them in any order of arrival.</summary>
internal sealed record FoldVector(string Name, FlowDefinition? Flow, IReadOnlyList<SyncSample> Events, FoldAnswer Expected)
{
    public static IReadOnlyList<FoldVector> All()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Find("data/fold_vectors.json")!));
        return [.. file.RootElement.EnumerateArray().Select(Read)];
    }

    private static FoldVector Read(JsonElement vector)
    {
        var expect = vector.GetProperty("expect");
        return new FoldVector(
            vector.GetProperty("name").GetString()!,
            vector.GetProperty("flow") is { ValueKind: JsonValueKind.Object } flow ? FlowDefinition.FromJson(flow.GetRawText()) : null,
            [.. vector.GetProperty("events").EnumerateArray().Select(SyncSample.From)],
            new FoldAnswer(
                [.. expect.GetProperty("objects").EnumerateArray().Select(o => o.GetString()!)],
                [.. expect.GetProperty("states").EnumerateObject().Select(s => $"{s.Name}: {s.Value.GetProperty("state").GetString()} {s.Value.GetProperty("outcome").GetString()}")],
                [.. expect.GetProperty("exceptions").EnumerateArray().Select(x => $"{x.GetProperty("object").GetString()}@{x.GetProperty("system").GetString()} {x.GetProperty("operation").GetString()}: {x.GetProperty("spells").GetInt32()} {(x.GetProperty("open").GetBoolean() ? "open" : "ended")}")],
                [.. expect.GetProperty("units").EnumerateObject().Select(u => $"{u.Name}: {u.Value.GetString()}")],
                [.. expect.GetProperty("transactions").EnumerateObject().Select(t => $"{t.Name}: {string.Join(' ', t.Value.EnumerateArray().Select(m => m.GetString()).Order(StringComparer.Ordinal))}")]));
    }
}

/// <summary>What a fold came to, as sorted lines that read well in a failure.</summary>
internal sealed class FoldAnswer(IEnumerable<string> objects, IEnumerable<string> states, IEnumerable<string> exceptions, IEnumerable<string> units, IEnumerable<string> transactions)
{
    private readonly string _text = string.Join('\n', [
        .. Part("object", objects), .. Part("state", states), .. Part("exception", exceptions), .. Part("unit", units), .. Part("transaction", transactions)]);

    public override string ToString() => _text;

    private static IEnumerable<string> Part(string name, IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal).Select(line => $"{name} {line}");
}
