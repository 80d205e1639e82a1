using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Storage;

/// <summary>Counts the commands that are sent for whoever asks, by EF or several together, and nobody else's: tests run side by side, so the count follows the asker's own flow.</summary>
internal sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<Tally?> s_tally = new();
    private static readonly IDisposable s_listening = DiagnosticListener.AllListeners.Subscribe(new CommandCounter());

    public static async Task<int> Of(Func<Task> ask)
    {
        GC.KeepAlive(s_listening);
        var tally = new Tally();
        s_tally.Value = tally;
        await ask();
        s_tally.Value = null;
        return tally.Commands;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is DbLoggerCategory.Name or Together.Listener)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && s_tally.Value is { } tally)
        {
            Interlocked.Increment(ref tally.Commands);
        }
        else if (value is { Key: Together.Asked, Value: int commands } && s_tally.Value is { } together)
        {
            Interlocked.Add(ref together.Commands, commands);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private sealed class Tally
    {
        public int Commands;
    }
}
