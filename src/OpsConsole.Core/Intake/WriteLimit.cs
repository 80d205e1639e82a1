namespace OpsConsole.Intake;

/// <summary>Keeps all writes together under so many facts a second; with nothing, there is no limit.</summary>
internal sealed class WriteLimit(int? mostInASecond, TimeProvider clock)
{
    // A whole second at once would come in lumps, and single bodies would leave lanes no shares.
    private const int WritesASecond = 2;

    private readonly Lock _gate = new();
    private readonly long _since = clock.GetTimestamp();
    private TimeSpan _spoken;

    public bool None => mostInASecond is null;

    /// <summary>How many facts one write may hold.</summary>
    public int Most(int batch) => mostInASecond is { } most ? Math.Min(batch, Math.Max(1, most / WritesASecond)) : batch;

    /// <summary>The time that so many facts may take, behind what others were given: what was written in less waits for the rest of it.</summary>
    public Task Pace(int facts)
    {
        if (mostInASecond is not { } most)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            var now = clock.GetElapsedTime(_since);
            _spoken = (_spoken > now ? _spoken : now) + TimeSpan.FromSeconds((double)facts / most);
            return Task.Delay(_spoken - now, clock);
        }
    }
}
