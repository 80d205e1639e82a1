using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>What clients were told, to be held against the store afterwards. A client that heard nothing knows nothing: that is no failure.</summary>
internal sealed class History
{
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _wrongs = [];
    private long _unknown;
    private long _refused;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Requests without an answer.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Requests that were asked to come again, with a time.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public void Acknowledge(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _acknowledged.TryAdd(id, 0);
        }
    }

    /// <summary>What was acknowledged until now.</summary>
    public string[] Snapshot() => [.. _acknowledged.Keys];

    public void HeardNothing() => Interlocked.Increment(ref _unknown);

    public void WasRefused() => Interlocked.Increment(ref _refused);

    /// <summary>Something that no client should ever see.</summary>
    public void Saw(string wrong) => _wrongs.Add(wrong);

    /// <summary>At a quiet point: all that was acknowledged is there, nothing twice, clients saw only what is promised, and the conservation law holds.</summary>
    public async Task Holds(Stage stage, params IReadOnlyList<Node> nodes)
    {
        Assert.True(_wrongs.IsEmpty, $"Clients saw {string.Join(" · ", _wrongs.Distinct().Take(5))}");
        var stored = await Stored(stage);
        Assert.Equal([], stored.Where(id => id.Value > 1).Select(id => $"stored {id.Value} times: {id.Key}"));
        Assert.Equal([], _acknowledged.Keys.Where(id => !stored.ContainsKey(id)).Select(id => $"acknowledged but missing: {id}"));
        await Conservation.Holds(stage, nodes);
    }

    public static async Task<Dictionary<string, long>> Stored(Stage stage)
    {
        var stored = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var source = NpgsqlDataSource.Create(stage.ConnectionString);
        await using var command = source.CreateCommand("""
            SELECT "Id", count(*) FROM events GROUP BY "Source", "Id"
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored[reader.GetString(0)] = reader.GetInt64(1);
        }

        return stored;
    }
}

/// <summary>R20: received = stored + duplicates + conflicts + quarantined + in flight, and what is counted is what the tables hold.</summary>
internal static class Conservation
{
    public static Task ConservationHolds(this Stage stage) => Holds(stage);

    /// <summary>Waits until nothing is in flight on any node, then compares every count with its table.</summary>
    public static async Task Holds(Stage stage, params IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes.Count == 0 ? [stage.Console] : nodes)
        {
            await Eventually.Is(async () => Of(await node.Get("/api/v1/intake"), "inFlight") == 0, "nothing is in flight");
        }

        var counted = await (nodes.Count == 0 ? stage.Console : nodes[0]).Get("/api/v1/intake");
        await using var source = NpgsqlDataSource.Create(stage.ConnectionString);
        Assert.Equal(Of(counted, "received"), Of(counted, "stored") + Of(counted, "duplicates") + Of(counted, "conflicts") + Of(counted, "quarantined"));
        Assert.Equal(await Ask(source, "SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM spans) + (SELECT count(*) FROM logs) + (SELECT coalesce(sum(\"Deleted\"), 0) FROM retention_counts WHERE \"Class\" = 'events')"), Of(counted, "stored"));
        Assert.Equal(await Ask(source, """SELECT coalesce(sum("Seen"), 0)::bigint FROM conflicts"""), Of(counted, "conflicts"));
        Assert.Equal(await Ask(source, """SELECT coalesce(sum("Seen"), 0)::bigint FROM quarantine"""), Of(counted, "quarantined"));
    }

    private static long Of(JsonObject counted, string name) => counted[name]!.GetValue<long>();

    private static async Task<long> Ask(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Constants above.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
