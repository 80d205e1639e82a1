using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Whether a target is down, as the last sends tell: so many in a row without an answer open it, one answer closes it. The state stands in the target's row, so that
/// all nodes know it; a lane counts by itself between two writes.
/// </summary>
internal sealed class Breaker(ReplayTarget target, TimeProvider clock)
{
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_tell = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Half open: one more failure opens it again.
    private int _inRow = IsHalfOpen(target, clock.GetUtcNow()) ? target.BreakAfter - 1 : target.FailuresInRow;
    private string? _fault = target.LastFault;
    private DateTimeOffset? _quietUntil;
    private DateTimeOffset? _answeredAt;
    private bool _changed;

    /// <summary>Its time is over, and the next send tells whether the target is back.</summary>
    public static bool IsHalfOpen(ReplayTarget target, DateTimeOffset now) => target.FailuresInRow >= target.BreakAfter && !target.IsDown(now);

    /// <summary>Nothing more is to be sent: it is down.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _inRow >= target.BreakAfter;
            }
        }
    }

    /// <summary>It asked to be left alone for a while: nothing more is begun.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate)
            {
                return _quietUntil > clock.GetUtcNow();
            }
        }
    }

    public void Hear(SendResult result)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (result.RetryAfter is { } asked && result.Verdict is SendVerdict.Later)
            {
                var until = now + (asked < s_longestAsked ? asked : s_longestAsked);
                _quietUntil = _quietUntil > until ? _quietUntil : until;
                _changed = true;
            }

            // "Too many" is the answer of somebody who is there.
            var answered = result.Verdict is not SendVerdict.Later || result.Status is 429;
            _changed |= !answered || _inRow > 0 || _answeredAt is null || now - _answeredAt > s_tell;
            (_inRow, _fault) = answered ? (0, null) : (_inRow + 1, result.Say());
            _answeredAt = result.Status is not null ? now : _answeredAt;
        }
    }

    /// <summary>Writes into the target's row what was heard since the last time, and answers whether it is down.</summary>
    public async Task<bool> Tell(OpsDb db, CancellationToken cancellationToken)
    {
        int inRow;
        string? fault;
        DateTimeOffset? quiet, answered;
        lock (_gate)
        {
            if (!_changed)
            {
                return _inRow >= target.BreakAfter;
            }

            (inRow, fault, quiet, answered, _changed) = (_inRow, _fault is { Length: > Columns.Sentence } much ? much[..Columns.Sentence] : _fault, _quietUntil, _answeredAt, false);
        }

        var now = clock.GetUtcNow();
        var down = inRow >= target.BreakAfter;
        DateTimeOffset? until = down ? now + Pause(quiet - now) : null;
        await db.Targets.Where(t => t.Name == target.Name).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.FailuresInRow, inRow).SetProperty(t => t.LastFault, fault).SetProperty(t => t.DownUntil, until)
                .SetProperty(t => t.AnsweredAt, t => answered ?? t.AnsweredAt)
                .SetProperty(t => t.DownSince, t => down ? (DateTimeOffset?)(t.DownSince ?? now) : null)
                .SetProperty(t => t.NextAt, t => quiet != null && (t.NextAt == null || t.NextAt < quiet) ? quiet : t.NextAt),
            cancellationToken);
        return down;
    }

    // A tenth more or less, so that several nodes do not ask at the same moment.
    private TimeSpan Pause(TimeSpan? asked)
    {
        var usual = TimeSpan.FromSeconds(target.BreakSeconds) * (0.9 + (Random.Shared.NextDouble() * 0.2));
        return asked > usual ? asked.Value : usual;
    }
}
