using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OpsConsole.Bench.Measures;

/// <summary>Processor time so far, in seconds: of this process as the client, of the console, and of the database server with all its processes.</summary>
internal readonly record struct CpuTime(double Client, double Console, double Database)
{
    public static CpuTime operator -(CpuTime a, CpuTime b) => new(a.Client - b.Client, a.Console - b.Console, a.Database - b.Database);
}

/// <summary>Reads processor times from <c>/proc</c>. The database must run on this machine: its server is found by the process of a connection.</summary>
internal sealed class Cpu
{
    private const double TicksPerSecond = 100;
    private readonly int _postmaster;
    private readonly Func<int?> _console;

    private Cpu(int postmaster, Func<int?> console) => (_postmaster, _console) = (postmaster, console);

    /// <exception cref="InvalidOperationException">The server of the connection does not run on this machine.</exception>
    public static async Task<Cpu> Of(NpgsqlDataSource database, Func<int?> console)
    {
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync())!;
        if (Stat(backend) is not { } stat || !stat.Name.StartsWith("postgres", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The database server must run on this machine, or its processor time cannot be counted.");
        }

        return new Cpu(stat.Parent, console);
    }

    public CpuTime Now()
    {
        using var me = Process.GetCurrentProcess();
        var console = _console() is { } id && Stat(id) is { } stat ? stat.Own / TicksPerSecond : 0;
        return new CpuTime(me.TotalProcessorTime.TotalSeconds, console, Database());
    }

    // What lives, and what the server waited for when it ended: a process that ends between two looks is not lost.
    private double Database()
    {
        var sum = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Stat(id) is { } stat && (id == _postmaster || stat.Parent == _postmaster))
            {
                sum += stat.Own + (id == _postmaster ? stat.Ended : 0);
            }
        }

        return sum / TicksPerSecond;
    }

    private static (string Name, int Parent, long Own, long Ended)? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var close = text.LastIndexOf(')');
            var fields = text[(close + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return (text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..close], (int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
