using System.Globalization;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// Many exceptions replayed together: a frozen selection that goes out in growing waves, stops by itself when too much of it fails, and can be paused, gone on with
/// and cancelled. A killed console goes on with it by itself.
/// </summary>
public sealed class Bulk
{
    /// <summary>The waves in which a bulk begins, unless it says otherwise; after them everything goes.</summary>
    public const string UsualRamp = "1,5,20,100";

    /// <summary>The share of what has ended that may have failed, unless the bulk says otherwise.</summary>
    public const decimal UsualStopAbove = 0.2m;

    public required Guid Id { get; init; }

    /// <summary>For people: B-12. Given by the database.</summary>
    public long Number { get; init; }

    /// <summary>What was selected, in words: <c>214 ticked rows</c>, <c>state open, unit EMEA</c>.</summary>
    public required string Said { get; init; }

    public BulkState State { get; internal set; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    /// <summary>A program with a key made it.</summary>
    public bool ByKey { get; init; }

    /// <summary>When the selection was frozen (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public int Total { get; init; }

    /// <summary>Sum of what is at risk in the reporting currency, each object counted once.</summary>
    public decimal Worth { get; init; }

    /// <summary>The units of its items, one a line: who may see all of them sees the bulk.</summary>
    public required string Units { get; init; }

    /// <summary>The bulk whose left-overs these are.</summary>
    public Guid? LeftOf { get; init; }

    /// <summary>How many go in each of the first waves.</summary>
    public string Ramp { get; set; } = UsualRamp;

    /// <summary>The wave that is on its way, from 0.</summary>
    public int Wave { get; set; }

    /// <summary>The most that are sent a second; nothing: as fast as the targets take them.</summary>
    public decimal? RatePerSecond { get; set; }

    /// <summary>Stops by itself when more than this share of what has ended has failed.</summary>
    public decimal StopAbove { get; set; } = UsualStopAbove;

    /// <summary>Also sends what four eyes must see, once a second person has approved the bulk.</summary>
    public bool WithLarge { get; set; }

    /// <summary>Why a second person must approve it; nothing: nobody need.</summary>
    public string? NeedsApproval { get; set; }

    /// <summary>SHA-256 (hex) of the items with their versions and of the targets as they were when it was submitted or started: what goes out must still have it.</summary>
    public string? Hash { get; set; }

    /// <summary>Who started it or asked for its approval: in their name it is sent.</summary>
    public string? StartedBy { get; set; }

    public string? StartedByName { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public string? ApprovedBy { get; set; }

    public string? ApprovedByName { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it is in its state, in words: who paused it, what stopped it.</summary>
    public string? Why { get; set; }

    /// <summary>How many counted (<see cref="BulkProgress.Counted"/>) when it was gone on with last; the share that failed is reckoned from there.</summary>
    public int EndedBefore { get; set; }

    public int FailedBefore { get; set; }

    /// <summary>Nothing more is ordered before this moment: its rate.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Raised by every step; what a caller must have seen.</summary>
    public int Version { get; private set; }

    public string Name => $"B-{Number}";

    /// <summary>The only way a bulk changes state.</summary>
    public Outcome<Bulk> Move(BulkAction action, string why, DateTimeOffset at)
    {
        if (!BulkFlow.TryMove(State, action, out var next))
        {
            return Refusal.Conflict("bulk.move", $"{action} is not possible while the bulk is {BulkFlow.Say(State)}.");
        }

        (State, Why) = (next, why.Length > 500 ? why[..500] : why);
        EndedAt = BulkFlow.IsEnded(next) ? at : null;
        Touch();
        return this;
    }

    /// <summary>Something of it changed: whoever saw it before must look again.</summary>
    internal void Touch() => Version++;

    /// <summary>The sizes of its first waves.</summary>
    internal IReadOnlyList<int> Waves => ReadRamp(Ramp) ?? [];

    /// <summary>Nothing when it is no ramp: growing numbers with commas, or empty for none.</summary>
    internal static IReadOnlyList<int>? ReadRamp(string ramp)
    {
        var waves = new List<int>();
        foreach (var part in ramp.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var wave) || wave < 1 || (waves.Count > 0 && wave < waves[^1]))
            {
                return null;
            }

            waves.Add(wave);
        }

        return waves.Count <= 10 ? waves : null;
    }
}

/// <summary>One exception of a bulk, as it was seen when the selection was frozen.</summary>
public sealed class BulkItem
{
    public required Guid BulkId { get; init; }

    /// <summary>From 0: they go in this order.</summary>
    public required int Position { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>What has changed since is not sent.</summary>
    public required int SeenVersion { get; init; }

    public required string Unit { get; init; }

    /// <summary>At risk in the reporting currency; nothing: unknown, or another item of the bulk counts the same object.</summary>
    public decimal? Worth { get; init; }

    public BulkVerdict Verdict { get; set; }

    public BulkItemState State { get; set; }

    public Guid? ReplayId { get; set; }

    /// <summary>Why it is not sent, in words.</summary>
    public string? Why { get; set; }
}

/// <summary>What the preview says of an item.</summary>
public enum BulkVerdict : short
{
    /// <summary>It can be replayed.</summary>
    Ready = 0,

    /// <summary>It can be replayed once a second person has approved it.</summary>
    NeedsApproval = 1,

    /// <summary>Somebody else works on it.</summary>
    NotYours = 2,

    /// <summary>The target has it already, or another item of the bulk sends the same.</summary>
    Duplicate = 3,

    /// <summary>There is nowhere to send it, or nothing to send.</summary>
    CannotBeSent = 4,

    /// <summary>It is on its way already, waits for approval, rests, or has ended.</summary>
    NotNow = 5,
}

public enum BulkItemState : short
{
    /// <summary>Its turn has not come.</summary>
    Pending = 0,

    /// <summary>A replay was ordered; what becomes of it stands there.</summary>
    Ordered = 1,

    /// <summary>It was not sent, and says why.</summary>
    Skipped = 2,

    /// <summary>The bulk ended before its turn came.</summary>
    Left = 3,
}
