using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.Postgres;

namespace OpsConsole.Bench.Fill;

/// <summary>How much is generated; <see cref="Quick"/> is a hundredth.</summary>
internal sealed record FillSize(int Traces, int Deals, int Customers)
{
    /// <summary>10 million spans, 1 million events, 1 million exceptions.</summary>
    public static readonly FillSize Full = new(1_000_000, 251_000, 20_000);

    public static readonly FillSize Quick = new(10_000, 2_510, 200);

    public int Spans => (Traces * 10) + 10_000;
}

/// <summary>
/// Fills an empty, migrated database with a company's quarter, by set-based statements inside the database. Indexes that are not keys are
/// dropped meanwhile and made again, because sorting once is cheaper than ten million insertions. PostgreSQL only: the figures are measured there.
/// </summary>
internal sealed class FillBench(NpgsqlDataSource database, string connectionString, FillSize size)
{
    private const int Days = 30;

    public static async Task<int> Run(string connectionString, bool quick)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        var seconds = await new FillBench(database, connectionString, quick ? FillSize.Quick : FillSize.Full).Fill();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {seconds:0} s"));
        return 0;
    }

    /// <returns>Seconds.</returns>
    public async Task<double> Fill()
    {
        var watch = Stopwatch.StartNew();
        var indexes = await DropIndexes();
        await Task.WhenAll(Business(), Spans());
        await Task.WhenAll(indexes.Where((_, i) => i % 2 == 0).Aggregate(Task.CompletedTask, Then), indexes.Where((_, i) => i % 2 == 1).Aggregate(Task.CompletedTask, Then));
        await Run("VACUUM (ANALYZE)");
        return watch.Elapsed.TotalSeconds;
    }

    private async Task Then(Task before, string sql)
    {
        await before;
        await Run(sql);
    }

    private async Task Business()
    {
        var flow = await File.ReadAllTextAsync(Path.Combine(Checkout.Project("OpsConsole.Web"), "Flows", "order-to-cash.json"));
        await Run(Script("business", [("deals", size.Deals), ("customers", size.Customers), ("flow", flow)]));
    }

    // Day by day, so that each index being written is small; a weekend is a fifth of a working day.
    private async Task Spans()
    {
        var today = DateTime.UtcNow.Date;
        var days = Enumerable.Range(0, Days).Select(ago => today.AddDays(ago - Days + 1)).ToList();
        var weights = days.ConvertAll(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.2 : 1.0);
        var (from, sum) = (1, 0.0);
        for (var i = 0; i < Days; i++)
        {
            sum += weights[i];
            var until = (int)Math.Round(size.Traces * sum / weights.Sum());
            await AddDay(DateOnly.FromDateTime(days[i]));
            await Run(Script("spans", [("from", from), ("until", until), ("day", days[i].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("deals", size.Deals)]));
            from = until + 1;
        }

        await Run(Script("long-trace", [("day", days[^2].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]));
    }

    // As the console's own worker does.
    private async Task AddDay(DateOnly day)
    {
        await using var db = PostgresSetup.CreatePostgres(connectionString);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Dialect.AddSpanDay(db, day, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <returns>The statements that make them again.</returns>
    private async Task<List<string>> DropIndexes()
    {
        var made = new List<string>();
        await using (var command = database.CreateCommand("""
            SELECT indexdef, format('DROP INDEX %I.%I', schemaname, indexname)
            FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname AND c.relnamespace = i.schemaname::regnamespace JOIN pg_index x ON x.indexrelid = c.oid
            WHERE schemaname = 'public' AND NOT x.indisunique AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
              AND tablename IN ('spans', 'traces', 'trace_keys', 'events', 'objects', 'object_states', 'object_links', 'signals', 'cases', 'transactions', 'transaction_objects', 'transaction_milestones')
            """))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            var drops = new List<string>();
            while (await rows.ReadAsync())
            {
                made.Add(rows.GetString(0).Replace(" ON ONLY ", " ON ", StringComparison.Ordinal));
                drops.Add(rows.GetString(1));
            }

            await rows.CloseAsync();
            foreach (var drop in drops)
            {
                await Run(drop);
            }
        }

        return made;
    }

    private static string Script(string name, IEnumerable<(string Name, object Value)> values)
    {
        using var stream = typeof(FillBench).Assembly.GetManifestResourceStream($"{name}.sql")!;
        using var reader = new StreamReader(stream);
        return values.Aggregate(reader.ReadToEnd(), (sql, value) => sql.Replace($"{{{value.Name}}}", Convert.ToString(value.Value, CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private async Task Run(string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
