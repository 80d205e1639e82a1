using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>
/// Who goes first, the door or the fold, for facts of one kind. While more comes than the door can write, the fold of this node begins no turn, so that
/// senders are not kept waiting for work that can be done a little later. But so many facts only may wait to be folded, and so long only: then
/// the fold works whatever comes, until half of them are done, and the door waits for it. So what is acknowledged reaches the worklist within a
/// bound, and a burst that does not end is taken in as fast as it is folded.
/// </summary>
/// <param name="most">How many facts may wait to be folded before the first lane waits at the door; the others wait earlier, as <see cref="LaneOptions.RefuseAbove"/> says.</param>
/// <param name="longest">How long the oldest of them may wait while the fold lets the door go first.</param>
/// <param name="lanes">Who waits earlier.</param>
/// <param name="clock">The time.</param>
public sealed class FoldPace(int most, TimeSpan longest, LaneOptions lanes, TimeProvider clock)
{
    /// <summary>
    /// However many wait, each lane gets a write in so long: where the fold is dead, and cannot be waited for, the door becomes slow, never shut. It is
    /// less than a living fold does, so that only a dead one is overtaken.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, long> _let = [];
    private long _unfolded;
    private DateTimeOffset? _oldest;
    private bool _behind;

    /// <summary>Facts of the kind, of all nodes, that are stored and not folded yet: as last seen, with what this node wrote since.</summary>
    public long Unfolded => Interlocked.Read(ref _unfolded);

    /// <summary>The lane waits for the fold now.</summary>
    public bool Waits(Lane lane) => Unfolded >= (long)most * lanes.RefuseAbove[lane] / 100;

    /// <summary>What the database says waits, and since when the oldest of it.</summary>
    internal void Seen(long facts, DateTimeOffset? oldest)
    {
        lock (_gate)
        {
            (_unfolded, _oldest) = (facts, oldest);
        }
    }

    /// <summary>So many more wait.</summary>
    internal void Wrote(int facts)
    {
        lock (_gate)
        {
            _unfolded += facts;
            _oldest ??= clock.GetUtcNow();
        }
    }

    /// <summary>May what waits in the lane be written now? Said once in <see cref="LongestWait"/> in any case.</summary>
    internal bool Lets(Lane lane)
    {
        lock (_gate)
        {
            if (Waits(lane) && _let.TryGetValue(lane, out var last) && clock.GetElapsedTime(last) < LongestWait)
            {
                return false;
            }

            _let[lane] = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>Should the fold let the door go first now?</summary>
    /// <param name="saturated">More waits at the door than it can write at once.</param>
    internal bool FoldWaits(bool saturated)
    {
        lock (_gate)
        {
            var age = _oldest is { } oldest ? clock.GetUtcNow() - oldest : TimeSpan.Zero;
            _behind = saturated && (_behind ? _unfolded >= Half || age >= longest / 2 : _unfolded >= Full || age >= longest);
            return saturated && !_behind;
        }
    }

    private long Full => (long)most * lanes.RefuseAbove.Values.Min() / 100;

    private long Half => Full / 2;
}
