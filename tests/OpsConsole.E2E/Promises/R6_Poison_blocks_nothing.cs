using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>One bad event among 999 good ones, and bodies that no program ever made: the good is stored, the bad is kept with its reason and can be mended while everything runs.</summary>
public sealed class R6_Poison_blocks_nothing : Promise
{
    private const int Good = 999;
    private const int Deep = 10_000;

    // What the body says in place of one event, and whether it can be mended by its outcome alone.
    private static readonly Dictionary<string, byte[]> s_bad = new()
    {
        ["wrong outcome"] = Text(Load.Event("bad-outcome").Replace("succeeded", "done", StringComparison.Ordinal)),
        ["broken UTF-8"] = Text(Load.Event("bad-text").Replace("posted", "pos\u0001ted", StringComparison.Ordinal)).Select(b => b == 1 ? (byte)0xFF : b).ToArray(),
        ["NUL"] = Text(Load.Event("bad-nul").Replace("posted", "pos\\u0000ted", StringComparison.Ordinal)),
        ["10,000 deep"] = Text(Load.Event("bad-depth").Replace("\"posted\"", $"\"posted\",\"attributes\":{{\"a\":{new string('[', Deep)}{new string(']', Deep)}}}", StringComparison.Ordinal)),
        ["no object"] = Text("17"),
    };

    [Fact]
    public Task Of_a_thousand_one_is_bad_999_are_stored_and_the_one_is_mended_while_everything_runs() => Keep(async () =>
    {
        await using var stage = await Stage.Start();
        var history = new History();
        await using var load = new Load([stage.Console], "load", history, senders: 1, batch: 20);
        var random = new Random(6);
        var batches = Of(5, 200);
        for (var batch = 0; batch < batches; batch++)
        {
            await SendBatch(stage, s_bad.ElementAt(batch % s_bad.Count).Value, batch, random, history);
        }

        Assert.Equal(new Receipt(1, 0, 0, 0), await stage.Post([Load.Event("large").Replace("\"posted\"", $"\"posted\",\"attributes\":{{\"note\":\"{new string('x', 1 << 20)}\"}}", StringComparison.Ordinal)]));
        var fuzzed = await Fuzz(stage, random, Of(300, 30_000));
        await Mend(stage);
        await load.End();
        await history.Holds(stage);
        return $"{batches} batches of 1,000 with one bad: {Good} stored and 1 kept of each; {fuzzed:N0} fuzzed bodies, none answered otherwise than 2xx or 400; one mended and taken in; {history.Acknowledged:N0} events meanwhile";
    });

    private static async Task SendBatch(Stage stage, byte[] bad, int number, Random random, History history)
    {
        string[] ids = [.. Enumerable.Range(0, Good).Select(i => $"good-{number}-{i}")];
        var place = random.Next(Good);
        using var body = new MemoryStream();
        body.WriteByte((byte)'[');
        for (var i = 0; i < Good; i++)
        {
            if (i == place)
            {
                body.Write(bad);
                body.WriteByte((byte)',');
            }

            body.Write(Text(Load.Event(ids[i])));
            body.WriteByte((byte)(i == Good - 1 ? ']' : ','));
        }

        var answer = await stage.Console.Send("/v1/events", Wire.Batch, body.ToArray());
        Assert.True(answer.Status == 202, $"{answer.Status}: {answer.Text}");
        var counts = JsonNode.Parse(answer.Text)!;
        Assert.Equal(Good, counts["accepted"]!.GetValue<int>());
        Assert.Equal(place, counts["quarantined"]!.AsArray().Single()!["index"]!.GetValue<int>());
        Assert.NotEmpty(counts["quarantined"]![0]!["reason"]!.GetValue<string>());
        history.Acknowledge(ids);
    }

    private static async Task<int> Fuzz(Stage stage, Random random, int count)
    {
        var seeds = new (string Path, string Type, byte[] Body)[]
        {
            ("/v1/events", Wire.Batch, Text($"[{Load.Event("fuzz-1")},{Load.Event("fuzz-2")}]")),
            ("/v1/events", "application/cloudevents+json", Text(Load.Event("fuzz-3"))),
            ("/v1/traces", Wire.Protobuf, Wire.Span(random, 1_772_323_200_000_000_000, 1_772_323_201_000_000_000)),
            ("/v1/traces", "application/json", Text("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"a","startTimeUnixNano":"1772323200000000000","endTimeUnixNano":"1772323201000000000","attributes":[{"key":"biz.invoice.id","value":{"stringValue":"INV-1"}}]}]}]}]}""")),
        };
        for (var i = 0; i < count; i++)
        {
            var (path, type, body) = seeds[i % seeds.Length];
            var fuzzed = Mutate(body, random);
            var answer = await stage.Console.Send(path, type, fuzzed);
            Assert.True(answer.Status is 200 or 202 or 400, $"{answer.Status} to {type} {Convert.ToBase64String(fuzzed)}: {answer.Text}\n{stage.ConsoleTail()}");
        }

        return count;
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 64), bytes.Count - at))); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static async Task Mend(Stage stage)
    {
        var id = await Kept(stage, "bad-outcome");
        var shown = await stage.Get($"/api/v1/quarantine/{id}");
        Assert.Contains("outcome", shown.ToJsonString(), StringComparison.Ordinal);

        var taken = await stage.Console.Send($"/api/v1/quarantine/{id}/retry", "application/json", Text(Load.Event("bad-outcome")));

        Assert.True(taken.Status == 200, taken.Text);
        Assert.Contains("bad-outcome", await History.Stored(stage));
    }

    /// <summary>The quarantined fact of that event; the newest come first, and the fuzzed ones came after it.</summary>
    private static async Task<string> Kept(Stage stage, string eventId)
    {
        for (var page = "/api/v1/quarantine?state=open&take=500"; ;)
        {
            var kept = await stage.Get(page);
            if (kept["items"]!.AsArray().FirstOrDefault(row => row!["eventId"]?.GetValue<string>() == eventId) is { } bad)
            {
                return bad["id"]!.GetValue<string>();
            }

            Assert.True(kept["next"] is not null, $"{eventId} is not in quarantine");
            page = $"/api/v1/quarantine?state=open&take=500&after={Uri.EscapeDataString(kept["next"]!.GetValue<string>())}";
        }
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
