using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Records;

/// <summary>One object as a system keeps it: the document that it took, and who sent it when.</summary>
internal sealed record LedgerRecord
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Type { get; init; }
    public required string Id { get; init; }
    public required string State { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required JsonObject Document { get; init; }
    public IReadOnlyList<LedgerEntry> Log { get; init; } = [];

    /// <summary>The contract's own fields, then the document's.</summary>
    public string ToJson()
    {
        var json = new JsonObject { ["type"] = Type, ["id"] = Id, ["state"] = State, ["version"] = Version, ["recordedAt"] = RecordedAt.ToString("O"), ["changedAt"] = ChangedAt.ToString("O") };
        foreach (var (name, value) in Document)
        {
            json.TryAdd(name, value?.DeepClone());
        }

        json["log"] = JsonSerializer.SerializeToNode(Log, JsonSerializerOptions.Web);
        return json.ToJsonString(s_plain);
    }
}

/// <summary>Who sent a document: with which key and, when it came from the console, for which exception at which attempt.</summary>
internal sealed record LedgerEntry(DateTimeOffset At, string What, string? Key, string? Exception, string? Attempt);

/// <summary>The circumstances of one request to a ledger.</summary>
internal sealed record LedgerCall(DateTimeOffset At, string? Key, string? Exception, string? Attempt)
{
    public LedgerEntry Entry(string what) => new(At, what, Key, Exception, Attempt);
}

internal sealed record LedgerLine(LedgerRecord Record, LedgerKey? Key);

internal sealed record LedgerCounts(
    IReadOnlyDictionary<string, int> Records, int Keys, IReadOnlyDictionary<string, KeyCount> ByKey);

/// <summary>How often a key made a record (0 or 1), and how often it came.</summary>
internal sealed record KeyCount(int Applied, int Seen);
