using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.Bench.Ratios;

/// <summary>A console with a database of its own, as it is delivered, and the ways of looking at both from outside.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private Ground(Stage stage, NpgsqlDataSource database, Cpu cpu) => (Stage, Database, Cpu) = (stage, database, cpu);

    public Stage Stage { get; }

    public NpgsqlDataSource Database { get; }

    public Cpu Cpu { get; }

    public static async Task<Ground> Prepare()
    {
        var stage = await Stage.Start(new StageSettings
        {
            Environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["OPSCONSOLE_DEMO_PASSWORD"] = "", ["Logging__LogLevel__Default"] = "Warning" },
        });
        try
        {
            var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(stage.ConnectionString) { CommandTimeout = 0 }.ConnectionString);
            return new Ground(stage, database, await Cpu.Of(database, () => stage.ConsoleProcess));
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public Wire Wire(int connections = 8) => new(Stage.Url, Stage.Key, connections);

    public RawCopy Copy(string table) => new(Database, table);

    /// <summary>Until every batch is folded and every signal is an exception, or the patience is over.</summary>
    /// <returns>True when nothing waits any more.</returns>
    public async Task<bool> Folded(TimeSpan patience)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (await Waits())
        {
            if (since.Elapsed > patience)
            {
                return false;
            }

            await Task.Delay(s_look);
        }

        return true;
    }

    /// <summary>Facts of the kind that are not folded yet.</summary>
    public Task<long> Pending() => Number("""SELECT coalesce(sum("Facts"), 0)::bigint FROM batches WHERE "FoldedAt" IS NULL""");

    public async Task<long> Number(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task Run(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many of everything received is stored, as <c>/api/v1/intake</c> says.</summary>
    public async Task<long> Stored() => (await Ask("/api/v1/intake"))["stored"]!.GetValue<long>();

    /// <summary>How many exceptions the worklist holds because something was refused, ended ones too. What did not come in time joins them by the clock, whatever is sent.</summary>
    public async Task<long> OnWorklist() => (await Ask("/api/v1/exceptions?type=tax-profile-missing&take=1"))["total"]!.GetValue<long>();

    public async Task<JsonObject> Ask(string path) => await Stage.Get(path);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Stage.DisposeAsync();
    }

    private async Task<bool> Waits() =>
        await Number("""SELECT (EXISTS (SELECT FROM batches WHERE "FoldedAt" IS NULL) OR EXISTS (SELECT FROM signals WHERE "Changed"))::int""") == 1;
}
