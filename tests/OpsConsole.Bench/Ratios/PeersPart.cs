using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.Bench.Ratios;

/// <summary>
/// The same events through what others use, all durable, as programs of their own and one after the other: the console's acknowledged
/// events stand beside what MassTransit's consumer stores, and what goes through the queues of pg-boss and BullMQ, which work nothing with it.
/// </summary>
internal sealed class PeersPart(Scoreboard board, bool quick) : IDisposable
{
    private static readonly string s_scripts = Path.Combine(Checkout.Root, "tests", "peers");
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-peers-").FullName;

    public static async Task Run(Ground ground, Scoreboard board, bool quick)
    {
        using var part = new PeersPart(board, quick);
        var ours = await part.Ours(ground);
        await part.Beside("events acknowledged ÷ stored by MassTransit 8.4 (batches of 200, RabbitMQ, EF Core)", ours, 10, part.MassTransit);
        await part.Beside("events acknowledged ÷ jobs through pg-boss 10.4, put and completed by hundreds (same PostgreSQL)", ours, 1.5, part.PgBoss);
        await part.Beside("events acknowledged ÷ jobs through BullMQ 6.7, put in batches and completed (Redis, appendfsync always)", ours, 3, part.BullMq);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Figure> Ours(Ground ground)
    {
        var (rounds, count) = quick ? (3, 5_000) : (5, 20_000);
        var events = new EventBodies("beside-peers");
        using var wire = ground.Wire();
        var measured = new List<Round>();
        for (var round = 0; round < rounds; round++)
        {
            var bodies = events.Make(count);
            measured.Add(await Round.Of(ground.Cpu, count, () => wire.Send(Wire.Events, bodies)));
            await ground.Folded(TimeSpan.FromMinutes(2));
        }

        return Round.Rate(measured);
    }

    private async Task Beside(string name, Figure ours, double goal, Func<Task<Figure>> peer)
    {
        try
        {
            board.AtLeast(name, ours, await peer(), goal);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or TimeoutException)
        {
            board.NotRun(name, string.Create(CultureInfo.InvariantCulture, $"≥ {goal}"), failure.Message.Split('\n')[0]);
        }
    }

    private async Task<Figure> MassTransit()
    {
        await using var broker = await Broker.Start();
        await using var database = await StageDatabase.Create();
        var program = Path.Combine(Checkout.Root, "tests", "OpsConsole.Bench.Peers", "bin", Checkout.Configuration, "net10.0", "OpsConsole.Bench.Peers.dll");
        return await Result("dotnet", [program, broker.Uri, database.ConnectionString, await Events(quick ? 3_000 : 15_000)]);
    }

    private async Task<Figure> PgBoss()
    {
        await Packages();
        await using var database = await StageDatabase.Create();
        return await Result("node", [Path.Combine(s_scripts, "pg-boss.mjs"), Address(database.ConnectionString), await Events(quick ? 10_000 : 40_000)]);
    }

    private async Task<Figure> BullMq()
    {
        await Packages();
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        await using var redis = ChildProcess.StartProgram(
            "redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", _folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""], _folder, Path.Combine(_folder, "redis.log"), []);
        return await Result("node", [Path.Combine(s_scripts, "bullmq.mjs"), port, await Events(quick ? 10_000 : 40_000)]);
    }

    /// <summary>One body a line, the same as the console is sent.</summary>
    private async Task<string> Events(int count)
    {
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"events-{count}.json"));
        await using var stream = File.Create(file);
        foreach (var body in new EventBodies("peer").Make(count))
        {
            await stream.WriteAsync(body);
            stream.WriteByte((byte)'\n');
        }

        return file;
    }

    private static async Task Packages()
    {
        if (!Directory.Exists(Path.Combine(s_scripts, "node_modules")))
        {
            await Output("npm", ["install", "--no-save", "--omit=optional", "--prefix", s_scripts, "--no-audit", "--no-fund"]);
        }
    }

    private static async Task<Figure> Result(string program, IReadOnlyList<string> arguments)
    {
        var said = JsonNode.Parse((await Output(program, arguments)).Trim().Split('\n')[^1])!;
        var jobs = said["jobs"]!.GetValue<int>();
        if (said["put"] is { } put)
        {
            Scoreboard.Tell($"{Path.GetFileNameWithoutExtension(arguments[0])}: only put", "", new Figure(jobs / put.GetValue<double>(), "/s").ToString());
        }

        return new Figure(jobs / said["seconds"]!.GetValue<double>(), "/s");
    }

    private static async Task<string> Output(string program, IEnumerable<string> arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {Last(await error)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} took too long.");
        }
    }

    private static string Last(string error) => error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal) || line.Contains("xception", StringComparison.Ordinal)) ?? "";

    private static string Address(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgres://{Uri.EscapeDataString(parts.Username ?? "")}:{Uri.EscapeDataString(parts.Password ?? "")}@{parts.Host}:{parts.Port}/{parts.Database}";
    }
}
