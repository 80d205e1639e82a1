using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Conduct;

/// <summary>Which transaction is next, and what is under way: kept over a restart, so that no number is ever used twice.</summary>
internal sealed class CompanyMemory(Journal journal)
{
    private const string File = "company";

    /// <summary>After a crash the numbers go on behind the reserve, not inside it.</summary>
    private const long Reserve = 100;

    private readonly Lock _gate = new();
    private Remembered _now = new(null, DealMaker.FirstNumber, DealMaker.FirstNumber, Backfilled: false, [], []);

    public DateTimeOffset? Anchor => _now.Anchor;
    public bool Backfilled => _now.Backfilled;
    public IReadOnlyList<Due> Steps => _now.Steps;
    public IReadOnlyList<DealStep> Waiting => _now.Waiting;
    public long NextNumber => _now.Next;

    public void Load()
    {
        if (journal.Load<Remembered>(File) is { } kept)
        {
            _now = kept with { Next = Math.Max(kept.Next, kept.Reserved) };
        }
    }

    /// <summary>The past is (to be) made up to here.</summary>
    public void BeginPast(DateTimeOffset anchor, int deals) => Change(now => now with
    {
        Anchor = anchor, Backfilled = false, Next = DealMaker.FirstNumber + deals, Reserved = DealMaker.FirstNumber + deals,
    });

    public void EndPast() => Change(now => now with { Backfilled = true });

    public long TakeNumber()
    {
        lock (_gate)
        {
            var number = _now.Next;
            _now = _now with { Next = number + 1 };
            if (number >= _now.Reserved)
            {
                _now = _now with { Reserved = number + Reserve };
                journal.Save(File, _now);
            }

            return number;
        }
    }

    /// <summary>At a stop: exactly where everything stands.</summary>
    public void Save(IReadOnlyList<(DealStep Step, DateTimeOffset Due)> steps, IReadOnlyList<DealStep> waiting) => Change(now => now with
    {
        Reserved = now.Next, Steps = [.. steps.Select(step => new Due(step.Step, step.Due))], Waiting = [.. waiting],
    });

    private void Change(Func<Remembered, Remembered> change)
    {
        lock (_gate)
        {
            _now = change(_now);
            journal.Save(File, _now);
        }
    }

    internal sealed record Due(DealStep Step, DateTimeOffset At);

    private sealed record Remembered(
        DateTimeOffset? Anchor, long Next, long Reserved, bool Backfilled, IReadOnlyList<Due> Steps, IReadOnlyList<DealStep> Waiting);
}
