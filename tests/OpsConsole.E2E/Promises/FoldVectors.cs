using System.Text.Json.Nodes;

namespace OpsConsole.E2E.Promises;

/// <summary>One small scenario and what must come of it in any order of arrival.</summary>
internal sealed record FoldVector(string Name, JsonObject? Flow, IReadOnlyList<JsonObject> Events, JsonObject Expected)
{
    /// <summary>The same scenario about objects of its own: every object id, and every id that a system uses for one, starts with the prefix.</summary>
    public FoldVector About(string prefix) => this with
    {
        Events = [.. Events.Select(@event => Rename(@event, prefix))],
        Expected = RenameExpected(Expected, prefix),
    };

    private static JsonObject Rename(JsonObject original, string prefix)
    {
        var renamed = original.DeepClone().AsObject();
        var data = renamed["data"]!.AsObject();
        foreach (var named in Named(data))
        {
            named["id"] = prefix + named["id"]!.GetValue<string>();
        }

        return renamed;
    }

    private static IEnumerable<JsonObject> Named(JsonObject data)
    {
        yield return data["entity"]!.AsObject();
        if (data["mergedInto"] is JsonObject into)
        {
            yield return into;
        }

        foreach (var list in new[] { "aliases", "links" })
        {
            foreach (var item in data[list] as JsonArray ?? [])
            {
                yield return item!.AsObject();
            }
        }
    }

    private static JsonObject RenameExpected(JsonObject expected, string prefix) => new()
    {
        ["objects"] = RenameAll(expected["objects"]!.AsArray(), prefix),
        ["states"] = RenameKeys(expected["states"]!.AsObject(), prefix, value => value!.DeepClone()),
        ["exceptions"] = new JsonArray([.. expected["exceptions"]!.AsArray().Select(exception =>
        {
            var renamed = exception!.DeepClone().AsObject();
            renamed["object"] = Reference(renamed["object"]!.GetValue<string>(), prefix);
            return renamed;
        })]),
        ["units"] = RenameKeys(expected["units"]!.AsObject(), prefix, value => value!.DeepClone()),
        ["transactions"] = RenameKeys(expected["transactions"]!.AsObject(), prefix, value => RenameAll(value!.AsArray(), prefix)),
    };

    private static JsonArray RenameAll(JsonArray references, string prefix) =>
        new([.. references.Select(reference => JsonValue.Create(Reference(reference!.GetValue<string>(), prefix)))]);

    private static JsonObject RenameKeys(JsonObject map, string prefix, Func<JsonNode?, JsonNode> value) =>
        new(map.Select(pair => KeyValuePair.Create<string, JsonNode?>(Reference(pair.Key, prefix), value(pair.Value))));

    private static string Reference(string reference, string prefix)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal) + 1;
        return reference[..slash] + prefix + reference[slash..];
    }
}

/// <summary>The published vectors; they are found as the published log is.</summary>
internal static class FoldVectors
{
    private const string File = "data/fold_vectors.json";

    public static string? Missing => PublishedLog.Find(File) is null ? "the fold vectors are not here (OPSCONSOLE_SHARED_DATA)" : null;

    public static async Task<IReadOnlyList<FoldVector>> Read() =>
    [
        .. from vector in JsonNode.Parse(await System.IO.File.ReadAllTextAsync(PublishedLog.Find(File)!))!.AsArray()
           select new FoldVector(
               vector["name"]!.GetValue<string>(),
               vector["flow"] as JsonObject,
               [.. vector["events"]!.AsArray().Select(@event => @event!.AsObject())],
               vector["expect"]!.AsObject()),
    ];
}

/// <summary>A test that needs the fold vectors; without them the test is reported as not run, never as passed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FoldVectorsTheoryAttribute : TheoryAttribute
{
    public FoldVectorsTheoryAttribute() => Skip = FoldVectors.Missing;
}
