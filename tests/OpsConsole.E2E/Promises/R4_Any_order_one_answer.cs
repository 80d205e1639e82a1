using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>The same facts in any order of arrival, with any duplicates, over the wire: the same state.</summary>
public sealed class R4_Any_order_one_answer : Promise
{
    private const int LifeLength = 6;

    [Fact]
    public Task All_720_orders_of_a_life_and_random_interleavings_of_many_end_in_the_same_state() => Keep(async () =>
    {
        await using var stage = await Stage.Start();
        var random = new Random(4);
        var orders = Orders([.. Enumerable.Range(0, LifeLength)]).ToList();
        var lives = orders.Select((order, n) => (Prefix: $"life{n:000}-", Order: order)).ToList();
        for (var round = 0; round < LifeLength; round++)
        {
            // Every life's next event, and for each again one that it has sent before.
            await stage.Post(lives.Select(life => LifeEvent(life.Prefix, life.Order[round])));
            await stage.Post(lives.Where(_ => random.Next(3) == 0).Select(life => LifeEvent(life.Prefix, life.Order[random.Next(round + 1)])));
        }

        var (worlds, size) = (Of(8, 100), Of(60, 400));
        string[] prefixes = [.. Enumerable.Range(0, worlds).Select(n => $"world{n:000}-")];
        await Interleave(stage, prefixes, size, random);
        await Folded(stage);

        var hashes = new HashSet<string>();
        foreach (var (prefix, _) in lives)
        {
            hashes.Add(await StateOf(stage, prefix, ["invoice/inv"]));
        }

        var exceptions = await Exceptions(stage);
        Assert.True(hashes.Count == 1, $"{hashes.Count} different ends of one life: {string.Join("\n", hashes.Take(3))}");
        Assert.Single(lives.Select(life => string.Join(' ', exceptions[life.Prefix])).Distinct());
        var ends = new HashSet<string>();
        foreach (var prefix in prefixes)
        {
            ends.Add(await StateOf(stage, prefix, [.. Enumerable.Range(0, 6).Select(i => $"order/o{i}")]) + string.Join(' ', exceptions[prefix]));
        }

        Assert.True(ends.Count == 1, $"{ends.Count} different ends of one world: {string.Join("\n", ends.Take(2))}");
        await stage.ConservationHolds();
        return $"{orders.Count} orders of {LifeLength} events with duplicates: 1 state ({Hash(hashes.Single())}); {worlds} interleavings of {size} events: 1 state ({Hash(ends.Single())})";
    });

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    /// <summary>Created, refused and mended in two systems, with an alias that one of them uses.</summary>
    private static string LifeEvent(string prefix, int n) => n switch
    {
        0 => Event(prefix, n, "invoice", "inv", "erp", "create", "failed", """,  "error":{"code":"A"},"amount":"10.00","currency":"EUR" """),
        1 => Event(prefix, n, "invoice", "inv", "erp", "create", "succeeded", $$""", "state":"posted","aliases":[{"system":"billing","id":"{{prefix}}bill"}] """),
        2 => Event(prefix, n, "invoice", "inv", "erp", "update", "failed", """, "error":{"code":"B"} """),
        3 => Event(prefix, n, "invoice", "bill", "billing", "", "succeeded", """, "state":"open","businessUnit":"EMEA" """),
        4 => Event(prefix, n, "invoice", "inv", "erp", "update", "succeeded", """, "state":"paid","amount":"12.00","currency":"EUR" """),
        _ => Event(prefix, n, "invoice", "inv", "crm", "", "pending", """, "attributes":{"a":1} """),
    };

    private static string Event(string prefix, int n, string type, string id, string system, string operation, string outcome, string more) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"specversion\":\"1.0\",\"id\":\"{prefix}{n}\",\"source\":\"urn:test:order\",\"type\":\"opsconsole.sync.v1\",\"time\":\"2026-03-01T01:{n / 60:00}:{n % 60:00}Z\",\"data\":{{\"entity\":{{\"type\":\"{type}\",\"id\":\"{prefix}{id}\"}},\"system\":\"{system}\",{(operation.Length == 0 ? "" : $"\"operation\":\"{operation}\",")}\"outcome\":\"{outcome}\"{more}}}}}");

    /// <summary>One world is many orders that link to each other; each gets the same events, in its own order, in bodies of its own.</summary>
    private static async Task Interleave(Stage stage, IEnumerable<string> prefixes, int size, Random random)
    {
        var shape = Enumerable.Range(0, size).Select(_ => (Order: random.Next(6), To: random.Next(6), Outcome: random.Next(3), System: random.Next(3), Operation: random.Next(2))).ToArray();
        var bodies = new List<string[]>();
        foreach (var prefix in prefixes)
        {
            var events = shape.Select((one, n) => Event(
                prefix, n, "order", $"o{one.Order}", $"s{one.System}", one.Operation == 0 ? "post" : "",
                one.Outcome switch { 0 => "failed", 1 => "pending", _ => "succeeded" },
                $",\"state\":\"st{n % 7}\"{(one.Outcome == 0 ? ",\"error\":{\"code\":\"X\"}" : "")}{(one.To == one.Order ? "" : $",\"links\":[{{\"type\":\"order\",\"id\":\"{prefix}o{one.To}\"}}]")}")).ToArray();
            string[] sent = [.. events, .. events.Where(_ => random.Next(4) == 0)];
            random.Shuffle(sent);
            bodies.AddRange(sent.Chunk(random.Next(3, 30)));
        }

        var mixed = bodies.ToArray();
        random.Shuffle(mixed);
        await Parallel.ForEachAsync(mixed, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (body, _) => await stage.PostBatch(body));
    }

    private static async Task Folded(Stage stage)
    {
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await Eventually.Is(
            async () =>
            {
                await using var command = database.CreateCommand("""SELECT count(*) FROM batches WHERE "FoldedAt" IS NULL""");
                return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0;
            },
            "everything is folded",
            TimeSpan.FromMinutes(10),
            () => Task.FromResult(stage.ConsoleTail()));
    }

    /// <summary>All that depends on facts alone: not when they were received, nor keys of rows.</summary>
    private static async Task<string> StateOf(Stage stage, string prefix, IEnumerable<string> objects)
    {
        var said = new StringBuilder();
        foreach (var one in objects)
        {
            var slash = one.IndexOf('/', StringComparison.Ordinal);
            var found = await stage.Get($"/api/v1/objects/{one[..slash]}/{prefix}{one[(slash + 1)..]}");
            foreach (var part in (string[])["systems", "attributes", "aliases", "unit", "amount", "label", "firstAt", "lastAt", "disagrees", "links"])
            {
                said.Append(CultureInfo.InvariantCulture, $"{part}={found[part]?.ToJsonString()} ");
            }
        }

        return said.ToString().Replace(prefix, "", StringComparison.Ordinal);
    }

    /// <summary>By prefix, in an order of their own.</summary>
    private static async Task<ILookup<string, string>> Exceptions(Stage stage)
    {
        var found = new List<(string Prefix, string Line)>();
        for (string? after = ""; after is not null;)
        {
            var page = await stage.Get($"/api/v1/exceptions?take=500&sort=newest{(after.Length == 0 ? "" : $"&after={Uri.EscapeDataString(after)}")}");
            foreach (var row in page["items"]!.AsArray())
            {
                var id = row!["object"]!["id"]!.GetValue<string>();
                var dash = id.IndexOf('-', StringComparison.Ordinal) + 1;
                found.Add((id[..dash], $"{id[dash..]} {row["system"]} {row["operation"]} {row["state"]} {row["spells"]}"));
            }

            after = page["next"]?.GetValue<string>();
        }

        return found.OrderBy(row => row.Line, StringComparer.Ordinal).ToLookup(row => row.Prefix, row => row.Line);
    }

    private static IEnumerable<int[]> Orders(int[] of) => of.Length == 0
        ? [[]]
        : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));
}
