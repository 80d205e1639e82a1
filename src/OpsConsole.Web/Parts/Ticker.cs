namespace OpsConsole.Web.Parts;

/// <summary>
/// One slow clock per circuit for everything that shows an age. Each listener redraws itself, and only when its own words have changed,
/// so a list of two hundred rows costs nothing between two minutes.
/// </summary>
public sealed class Ticker(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Action? _listeners;

    /// <summary>Calls on a thread of its own; the listener goes back to its renderer by itself.</summary>
    public IDisposable Listen(Action beat)
    {
        lock (_gate)
        {
            _listeners += beat;
            _timer ??= clock.CreateTimer(_ => _listeners?.Invoke(), null, s_beat, s_beat);
        }

        return new Listening(this, beat);
    }

    public void Dispose() => _timer?.Dispose();

    private void Leave(Action beat)
    {
        lock (_gate)
        {
            _listeners -= beat;
        }
    }

    private sealed class Listening(Ticker ticker, Action beat) : IDisposable
    {
        public void Dispose() => ticker.Leave(beat);
    }
}
