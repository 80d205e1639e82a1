using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>
/// What may be held in memory for senders, in bytes, and who may have it. A quarter is kept for the lanes by weight, so that none is ever
/// shut out; of the rest a lane may borrow until the whole is as full as the lane's threshold says, so that the later ones are refused first.
/// </summary>
public sealed class IntakeBudget(long limit, LaneOptions lanes, TimeProvider clock)
{
    private const double Kept = 0.25;
    private const int LongestWait = 60;
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, long> _taken = LaneOptions.All.ToDictionary(lane => lane, _ => 0L);
    private long _total;
    private long _since = clock.GetTimestamp();
    private long _returned;
    private double _perSecond;

    public long Taken => Interlocked.Read(ref _total);

    public long Limit => limit;

    /// <summary>Takes the bytes, or answers no.</summary>
    /// <param name="lane">Whose.</param>
    /// <param name="bytes">How many more.</param>
    /// <param name="mine">What the same body has already. One alone may always have what it needs: the largest body is smaller than the limit.</param>
    public bool Take(Lane lane, long bytes, long mine)
    {
        lock (_gate)
        {
            if (_total != mine && !Fits(lane, bytes))
            {
                return false;
            }

            _taken[lane] += bytes;
            _total += bytes;
            return true;
        }
    }

    public void Return(Lane lane, long bytes)
    {
        lock (_gate)
        {
            _taken[lane] -= bytes;
            _total -= bytes;
            _returned += bytes;
            Measure();
        }
    }

    /// <summary>Would a body of that size be taken now? Asked before a byte of it is read.</summary>
    public bool HasRoom(Lane lane, long bytes)
    {
        lock (_gate)
        {
            return _total == 0 || Fits(lane, bytes);
        }
    }

    /// <summary>In how many seconds the lane should have room again, from how fast memory was given back lately: 1 to 60.</summary>
    public int SecondsUntilRoom(Lane lane)
    {
        lock (_gate)
        {
            Measure();
            var over = _total - (limit * lanes.RefuseAbove[lane] / 100) + Reserved(lane);
            return _perSecond <= 0 ? LongestWait / 4 : (int)Math.Clamp(Math.Ceiling(over / _perSecond), 1, LongestWait);
        }
    }

    private long Reserved(Lane lane) => (long)(limit * Kept * lanes.Share(lane));

    private bool Fits(Lane lane, long bytes)
    {
        if (_taken[lane] + bytes <= Reserved(lane))
        {
            return true;
        }

        var keptForOthers = LaneOptions.All.Where(other => other != lane).Sum(other => Math.Max(0, Reserved(other) - _taken[other]));
        return _total + bytes + keptForOthers <= limit && _total + bytes <= limit * lanes.RefuseAbove[lane] / 100;
    }

    /// <summary>How fast memory comes back: each second counts as much as all before it.</summary>
    private void Measure()
    {
        var elapsed = clock.GetElapsedTime(_since);
        if (elapsed >= s_measured)
        {
            _perSecond = (_perSecond + (_returned / elapsed.TotalSeconds)) / 2;
            (_returned, _since) = (0, clock.GetTimestamp());
        }
    }
}
