using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Hours of ordinary load with listeners: memory, handles and rows per event do not grow.</summary>
[Collection(Measured.Name)]
public sealed class R19_Soak : Promise
{
    private const int Capacity = 300;
    private const double Share = 0.7;
    private const int Batch = 30;
    private const int Samples = 12;

    // Minutes of the long form: two hours unless told otherwise.
    private static readonly double s_minutes = double.TryParse(Environment.GetEnvironmentVariable("OPSCONSOLE_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var told) ? told : 120;

    [Fact]
    public Task Under_lasting_load_memory_handles_and_rows_per_event_stay_flat() => Keep(async () =>
    {
        var length = Of(TimeSpan.FromSeconds(24), TimeSpan.FromMinutes(s_minutes));
        await using var stage = await Stage.Start(new StageSettings { Environment = new Dictionary<string, string> { ["Intake__MaxFactsPerSecond"] = Capacity.ToString(CultureInfo.InvariantCulture) } });
        var listeners = new List<HubClient>();
        for (var i = 0; i < Of(10, 100); i++)
        {
            listeners.Add(await HubClient.Watch(stage.Console));
        }

        var samples = new List<Sample>();
        var history = new History();
        var since = Stopwatch.StartNew();
        var pause = TimeSpan.FromSeconds(Batch / (Capacity * Share));
        for (var n = 0; since.Elapsed < length; n++)
        {
            string[] ids = [.. Enumerable.Range(0, Batch).Select(i => $"soak-{n}-{i}")];
            await stage.PostBatch(ids.Select((id, i) => i == 0 ? Load.Failure(id) : Load.Event(id)));
            history.Acknowledge(ids);
            if (since.Elapsed > length * (samples.Count + 1) / Samples)
            {
                samples.Add(await Sample.Of(stage));
            }

            var due = pause * (n + 1);
            if (due > since.Elapsed)
            {
                await Task.Delay(due - since.Elapsed);
            }
        }

        samples.Add(await Sample.Of(stage));
        Assert.All(listeners, listener => Assert.True(listener.IsOpen && listener.Changes > 0, "a listener was cut off or heard nothing"));
        var changes = listeners.Sum(listener => listener.Changes);
        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }

        await history.Holds(stage);
        var (middle, last) = (samples[samples.Count / 2], samples[^1]);
        Assert.True(last.Memory < (middle.Memory * 1.2) + (50 << 20), $"memory went from {middle} to {last}");
        Assert.True(last.Handles < middle.Handles + 50, $"handles went from {middle} to {last}");
        Assert.True(last.RowsPerEvent < middle.RowsPerEvent * 1.1, $"rows went from {middle} to {last}");
        return $"{length.TotalMinutes:0.#} min at {Share * 100:0} % of {Capacity}/s, {listeners.Count} hub clients as circuits ({changes:N0} times told): {history.Acknowledged:N0} events; {middle} at half, {last} at the end";
    });

    private sealed record Sample(long Memory, int Handles, double RowsPerEvent)
    {
        public static async Task<Sample> Of(Stage stage)
        {
            await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
            await using var rows = database.CreateCommand("""
                SELECT sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename), false, true, '')))[1]::text::bigint)::float8 / greatest((SELECT count(*) FROM events), 1)
                FROM pg_tables WHERE schemaname = 'public'
                """);
            return new Sample(
                stage.Memory, Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{stage.ConsoleProcess}/fd")).Length,
                Convert.ToDouble(await rows.ExecuteScalarAsync(), CultureInfo.InvariantCulture));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory >> 20} MiB, {Handles} handles, {RowsPerEvent:0.00} rows per event");
    }
}
