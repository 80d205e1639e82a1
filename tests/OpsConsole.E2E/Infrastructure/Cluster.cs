using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>
/// A PostgreSQL cluster of a test's own, for what cannot be done to a shared one: crashing it, freezing it, filling its disk. On free
/// ports of 127.0.0.1, removed with the test.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly string _bin = FindPrograms();
    private readonly string _folder;
    private readonly int _port = Ports.Free();

    private Cluster(string folder) => _folder = folder;

    /// <summary>It has a small file system of its own, which can be filled. Not everybody may mount one.</summary>
    public bool IsSmall { get; private set; }

    /// <summary>For <see cref="StageSettings.Server"/>.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    private string Data => Path.Combine(_folder, "data");

    /// <param name="megabytes">Put it on a file system of this size, so that it can be filled, where that is allowed.</param>
    public static async Task<Cluster> Start(int? megabytes = null)
    {
        var cluster = new Cluster(Directory.CreateTempSubdirectory("opsconsole-cluster-").FullName);
        if (megabytes is not null)
        {
            cluster.IsSmall = await TryRun("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", cluster._folder);
        }

        if (Environment.IsPrivilegedProcess)
        {
            await Run("chown", "postgres:", cluster._folder);
        }

        await cluster.AsOwner("initdb", "-D", cluster.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--wal-segsize=1");
        await File.AppendAllLinesAsync(Path.Combine(cluster.Data, "postgresql.conf"),
        [
            string.Create(CultureInfo.InvariantCulture, $"port = {cluster._port}"), "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''",
            "max_connections = 200", "min_wal_size = '8MB'", "max_wal_size = '64MB'", "logging_collector = off",
        ]);
        await cluster.Begin();
        return cluster;
    }

    public Task Begin() => AsOwner("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "120", "start");

    /// <summary>Starts it unless it survived: a full disk ends some servers.</summary>
    public async Task BeginAgain()
    {
        if (!await Answers())
        {
            await Begin();
        }
    }

    /// <summary>As a crash: no check-point, recovery at the next start.</summary>
    public Task Crash() => AsOwner("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-t", "120", "stop");

    /// <summary>A crash and the start after it.</summary>
    public Task Restart() => AsOwner("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-m", "immediate", "-w", "-t", "120", "restart");

    /// <summary>Stops every process of it in the middle of what it does.</summary>
    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    /// <summary>Leaves no free byte on the small file system.</summary>
    public async Task Fill()
    {
        await using var ballast = File.Create(Path.Combine(_folder, "ballast"));
        var block = new byte[64 << 10];
        try
        {
            while (true)
            {
                await ballast.WriteAsync(block);
                await ballast.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Path.Combine(_folder, "ballast"));

    /// <summary>Refuses writes to every new transaction; or takes them again.</summary>
    public async Task ReadOnly(bool on)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var statement in new[]
        {
            "SET default_transaction_read_only = off",
            on ? "ALTER SYSTEM SET default_transaction_read_only = on" : "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()",
        })
        {
#pragma warning disable CA2100 // Constants above.
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>One of PostgreSQL's programs against this cluster.</summary>
    public Task Tool(string program, params string[] arguments) =>
        Run(Path.Combine(_bin, program), ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await Thaw();
            await Crash();
        }

        if (IsSmall)
        {
            await Run("umount", _folder);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> TryRun(string program, params string[] arguments)
    {
        try
        {
            await Run(program, arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=60");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Signal(string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await Run("kill", signal, postmaster);           // first, so that it makes no more children
        foreach (var child in Children(postmaster))
        {
            await TryRun("kill", signal, child);         // it may have ended meanwhile
        }
    }

    private static string[] Children(string parent) =>
    [
        .. from folder in Directory.GetDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
           let stat = TryRead(Path.Combine(folder, "stat"))
           where stat is not null && stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent
           select Path.GetFileName(folder),
    ];

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;                                 // The process ended meanwhile.
        }
    }

    // PostgreSQL refuses to run as root; then its package's user does.
    private Task AsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        return Environment.IsPrivilegedProcess ? Run("runuser", ["-u", "postgres", "--", path, .. arguments]) : Run(path, arguments);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        // Its output is not read: a server that goes on would hold the pipe open.
        var log = Path.GetTempFileName();
        using var process = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "cd / && exec \"$@\" >\"$0\" 2>&1 </dev/null", log, program, .. arguments]))!;
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
    }

    private static string FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()!
            : throw new InvalidOperationException("PostgreSQL's programs are missing: install the package postgresql; deploy/dev/test does.");
}
