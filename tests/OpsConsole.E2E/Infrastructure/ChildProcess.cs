using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A program as a process of its own. Everything it says goes to a file and is at hand for a failure's message.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int ShownLines = 60;

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Queue<string> _tail = new();

    private ChildProcess(Process process, StreamWriter log)
    {
        _process = process;
        _log = log;
    }

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>The process's memory as the system counts it, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static ChildProcess Start(string project, string logFile, IEnumerable<KeyValuePair<string, string>> environment) =>
        StartProgram("dotnet", [Checkout.Program(project)], Checkout.Project(project), logFile, environment);

    public static ChildProcess StartProgram(
        string program, IEnumerable<string> arguments, string folder, string logFile, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start }, new StreamWriter(logFile, append: true) { AutoFlush = true });
        child._process.OutputDataReceived += child.Hear;
        child._process.ErrorDataReceived += child.Hear;
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The last lines it said, and how it ended if it did.</summary>
    public string Tail()
    {
        lock (_tail)
        {
            string[] ending = _process.HasExited ? [$"It ended with {_process.ExitCode}."] : [];
            return string.Join('\n', _tail.Concat(ending));
        }
    }

    /// <summary>As <c>kill -9</c> does: no chance to finish anything.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>As <c>kill -TERM</c> does; true when it ended by itself in time.</summary>
    public async Task<bool> Stop(TimeSpan patience)
    {
        if (_process.HasExited)
        {
            return true;
        }

        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await Kill();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop(TimeSpan.FromSeconds(10));
        _process.Dispose();
        lock (_tail)
        {
            _log.Dispose();
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line.Data);
            if (_tail.Count > ShownLines)
            {
                _tail.Dequeue();
            }

            if (_log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line.Data);
            }
        }
    }
}
