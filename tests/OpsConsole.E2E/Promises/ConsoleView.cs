using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>All that the console's API says about objects, exceptions and the transactions of one flow, in the fold vectors' own words.</summary>
internal sealed class ConsoleView
{
    private readonly Dictionary<string, JsonObject> _objects = [];
    private readonly List<JsonObject> _exceptions = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _transactions = [];

    public static async Task<ConsoleView> Read(Stage stage, string flow, IEnumerable<string> types)
    {
        var view = new ConsoleView();
        foreach (var type in types)
        {
            foreach (var row in await Rows(stage, $"/api/v1/objects?type={type}"))
            {
                var found = await stage.Get($"/api/v1/objects/{type}/{Uri.EscapeDataString(Text(row["id"]))}");
                view._objects[Reference(found)] = found;
            }
        }

        view._exceptions.AddRange(await Rows(stage, "/api/v1/exceptions?sort=newest"));
        foreach (var row in await Rows(stage, $"/api/v1/transactions?flow={flow}"))
        {
            var lead = row["lead"]!.AsObject();
            var found = await stage.Get($"/api/v1/transactions/{flow}/{Uri.EscapeDataString(Text(lead["id"]))}");
            view._transactions[Reference(lead)] = [.. List(found["objects"]).Select(Reference).Order(StringComparer.Ordinal)];
        }

        return view;
    }

    /// <summary>What is said otherwise than the vector expects of the objects whose ids start with the prefix, one sentence each.</summary>
    public IEnumerable<string> Differences(FoldVector vector, string prefix)
    {
        var seen = new Dictionary<string, IEnumerable<string>>
        {
            ["objects"] = Mine(prefix).Select(found => found.Key),
            ["states"] = from found in Mine(prefix)
                         from said in List(found.Value["systems"])
                         select $"{found.Key}@{Text(said["system"])} {Text(said["state"])} {Text(said["outcome"])}",
            ["units"] = Mine(prefix).Select(found => $"{found.Key} {Text(found.Value["unit"])}"),
            ["exceptions"] = from exception in _exceptions
                             let about = Reference(exception["object"]!.AsObject())
                             where IsMine(about, prefix)
                             select Exception(about, exception, Text(exception["state"]) is not ("resolved" or "dismissed")),
            ["transactions"] = _transactions.Where(found => IsMine(found.Key, prefix)).Select(found => $"{found.Key}: {string.Join(' ', found.Value)}"),
        };
        return
        [
            .. from part in Expected(vector.Expected)
               let missing = part.Value.Except(seen[part.Key]).Select(line => $"'{vector.Name}', {part.Key}: lacks {line}")
               let surplus = seen[part.Key].Except(part.Value).Select(line => $"'{vector.Name}', {part.Key}: has {line}")
               from line in missing.Concat(surplus)
               select line,
        ];
    }

    private static Dictionary<string, IReadOnlyList<string>> Expected(JsonObject expected) => new()
    {
        ["objects"] = [.. expected["objects"]!.AsArray().Select(Text)],
        ["states"] = [.. expected["states"]!.AsObject().Select(state => $"{state.Key} {Text(state.Value!["state"])} {Text(state.Value["outcome"])}")],
        ["units"] = [.. expected["units"]!.AsObject().Select(unit => $"{unit.Key} {Text(unit.Value)}")],
        ["exceptions"] = [.. expected["exceptions"]!.AsArray().Select(exception => Exception(Text(exception!["object"]), exception.AsObject(), exception["open"]!.GetValue<bool>()))],
        ["transactions"] =
        [
            .. expected["transactions"]!.AsObject().Select(transaction =>
                $"{transaction.Key}: {string.Join(' ', transaction.Value!.AsArray().Select(Text).Order(StringComparer.Ordinal))}"),
        ],
    };

    private static string Exception(string about, JsonObject exception, bool open) =>
        $"{about} {Text(exception["system"])} {Text(exception["operation"])} spells={Text(exception["spells"])} {(open ? "open" : "ended")}";

    private static async Task<List<JsonObject>> Rows(Stage stage, string path)
    {
        var rows = new List<JsonObject>();
        string? next = null;
        do
        {
            var page = await stage.Get($"{path}&take=500{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}");
            rows.AddRange(List(page["items"]));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);

        return rows;
    }

    /// <summary>A list as such, or as the rows of one that also says its total.</summary>
    private static IEnumerable<JsonObject> List(JsonNode? node) =>
        (node as JsonArray ?? node?["items"] as JsonArray ?? []).Select(item => item!.AsObject());

    private static string Reference(JsonObject named) => $"{Text(named["type"])}/{Text(named["id"])}";

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static bool IsMine(string reference, string prefix) => reference.Contains($"/{prefix}", StringComparison.Ordinal);

    private IEnumerable<KeyValuePair<string, JsonObject>> Mine(string prefix) => _objects.Where(found => IsMine(found.Key, prefix));
}
