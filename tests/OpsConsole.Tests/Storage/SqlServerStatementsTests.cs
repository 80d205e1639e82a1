using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.Internal;
using OpsConsole.Approvals;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Kpis;
using OpsConsole.Rates;
using OpsConsole.Replay.Bulks;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Traces;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Storage;

/// <summary>What SQL Server would be sent, and how its errors are read, without one.</summary>
public class SqlServerStatementsTests(ITestOutputHelper output)
{
    private const int MostParameters = 2_100;
    private const int Many = 5_000;
    private static readonly DateTimeOffset s_now = new(2026, 11, 17, 12, 30, 0, TimeSpan.Zero);

    /// <summary>The queries that take as many keys as a write or a fold has.</summary>
    public static TheoryData<string, Func<OpsDb, Guid[], byte[][], IQueryable<object>>> Wide => new()
    {
        { "known events", (db, keys, hashes) => db.Events.Where(e => hashes.Contains(e.Key)).Select(e => new { e.Key, e.Content }) },
        { "facts of objects", (db, keys, hashes) => db.Events.Where(e => keys.Contains(e.SpokenKey)).Select(Fact.Of) },
        { "names", (db, keys, hashes) => db.SaidNames.Where(name => keys.Contains(name.SpokenKey) || keys.Contains(name.TargetSpokenKey)) },
        { "objects", (db, keys, hashes) => db.Objects.Where(row => keys.Contains(row.Key)) },
        { "signals", (db, keys, hashes) => db.Signals.Where(s => keys.Contains(s.ObjectKey) && s.Kind == SignalKind.Failure) },
        { "links", (db, keys, hashes) => db.ObjectLinks.Where(link => keys.Contains(link.FromKey)) },
        { "cases", (db, keys, hashes) => db.Cases.Where(c => keys.Contains(c.Id)) },
        { "events of batches", (db, keys, hashes) => db.Events.Where(e => keys.Contains(e.BatchId)) },
        { "transactions", (db, keys, hashes) => db.TransactionObjects.Where(o => keys.Contains(o.ObjectKey)) },
        { "quarantine", (db, keys, hashes) => db.Quarantine.Where(q => keys.Contains(q.Id)) },
    };

    [Theory]
    [MemberData(nameof(Wide))]
    public async Task A_query_over_thousands_of_keys_has_one_parameter_for_all_of_them(string name, Func<OpsDb, Guid[], byte[][], IQueryable<object>> query)
    {
        Assert.NotEmpty(name);
        var tape = new SqlServerTape();
        await using var db = tape.Open();

        await query(db, Keys(), [.. Keys().Select(key => Ids.Hash([key.ToString()]))]).ToListAsync();

        var said = Assert.Single(tape.Said);
        Assert.Contains("OPENJSON", said.Sql, StringComparison.Ordinal);
        Assert.InRange(said.Parameters, 1, 3);
    }

    [Theory]
    [InlineData(typeof(TransactionQuestions))]
    [InlineData(typeof(TraceQuestions))]
    [SuppressMessage("Usage", "EF1001:Internal EF Core API usage.", Justification = "As Together does.")]
    public void Every_compiled_question_can_be_said_in_its_words(Type page)
    {
        using var db = new SqlServerTape().Open();
        var questions = Activator.CreateInstance(page);

        Assert.All(page.GetProperties(), property =>
        {
            var question = (Delegate)property.GetValue(questions)!;
            using var command = ((IRelationalQueryingEnumerable)question.DynamicInvoke([.. question.Method.GetParameters().Select(parameter => Given(parameter.ParameterType))])!).CreateDbCommand();
            output.WriteLine($"{property.Name}:\n{command.CommandText}\n");
            Assert.InRange(command.Parameters.Count, 1, 6);
        });

        object? Given(Type type) => type == typeof(OpsDb) ? db : type == typeof(string) ? "SO-1" : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 2) : Activator.CreateInstance(type);
    }

    public static TheoryData<string> Numbers => [.. KpiCatalog.All.Select(kpi => kpi.Code)];

    /// <summary>What cannot be said in T-SQL fails when it is asked; several questions that go as one batch are said before there is anybody to send them to.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Every_number_can_be_asked_however_it_is_narrowed(string code)
    {
        var kpi = KpiCatalog.All.Single(one => one.Code == code);
        var tape = new SqlServerTape();
        await using var db = tape.Open();
        var plain = new KpiWindow(s_now.AddDays(-30), s_now, s_now, null, Scope.All, "order-to-cash", new KpiOptions(), new RateTable([], "EUR"));
        KpiWindow[] windows =
        [
            plain, plain with { FlowAsked = true }, plain with { Unit = "EMEA", LegalEntity = "DE01", Region = "DACH", Currency = "EUR", FlowAsked = true },
            plain with { Scope = Scope.Of(["EMEA", "AMER"]) },
        ];

        foreach (var window in windows)
        {
            output.WriteLine(kpi.Rows(db, window).ToQueryString());
            var failure = await Record.ExceptionAsync(() => kpi.Read(db, window, CancellationToken.None));
            output.WriteLine($"-- {failure?.Message}");
            Assert.DoesNotContain("could not be translated", $"{failure}", StringComparison.Ordinal);
        }

        tape.Said.ForEach(said => output.WriteLine(said.Sql));
    }

    [Fact]
    public async Task Rows_whose_numbers_the_database_gives_are_inserted_without_MERGE()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        db.Changes.AddRange(Enumerable.Range(0, 30).Select(i => new Change { Topic = "facts", Unit = $"U{i}", At = SyncSample.Noon }));
        db.Audit.AddRange(Enumerable.Range(0, 300).Select(i => AuditEntry.Of(Staff.Root, "a.b", $"s{i}", "", SyncSample.Noon)));

        // There is no server to answer with the numbers, so the save itself cannot end well.
        await Record.ExceptionAsync(() => db.SaveChangesAsync());

        Assert.Contains(tape.Said, said => said.Sql.Contains("INSERT INTO [changes]", StringComparison.Ordinal));
        Assert.All(tape.Said, said => Assert.DoesNotContain("MERGE", said.Sql, StringComparison.Ordinal));
        Assert.All(tape.Said, said => Assert.InRange(said.Parameters, 1, MostParameters));
    }

    [Fact]
    public async Task Hand_written_statements_go_as_they_are_written()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();

        await db.Dialect.TakeLease(db, "job", "ana", TimeSpan.FromSeconds(10), default);
        await db.Dialect.HoldLease(db, "job", 1, default);
        await db.Dialect.ClaimDueReplays(db, "erp", 100, SyncSample.Noon, SyncSample.Noon, default);
        await db.Dialect.HoldPurses(db, Keys(), SyncSample.Noon, default);

        Assert.StartsWith("SET NOCOUNT ON;", tape.Said[0].Sql, StringComparison.Ordinal);
        Assert.Contains("WITH (UPDLOCK, HOLDLOCK)", tape.Said[0].Sql, StringComparison.Ordinal);
        Assert.StartsWith("SELECT [Epoch] AS [Value] FROM leases WITH (HOLDLOCK)", tape.Said[1].Sql, StringComparison.Ordinal);
        Assert.Contains("OUTPUT inserted.[Id] INTO @claimed", tape.Said[2].Sql, StringComparison.Ordinal);        // the table has a trigger
        Assert.Contains("WITH (UPDLOCK, READPAST, ROWLOCK)", tape.Said[2].Sql, StringComparison.Ordinal);
        Assert.Equal(4, tape.Said.Count);
        Assert.Contains("FROM OPENJSON(@p0) ORDER BY [Wanted]", tape.Said[3].Sql, StringComparison.Ordinal);
        Assert.Equal(3, tape.Said[3].Parameters);
    }

    [Fact]
    public async Task What_a_bulk_and_its_four_eyes_ask_is_one_command_each_however_many_they_are()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();
        var rule = new FourEyesRule { Id = Guid.NewGuid(), Version = 1, Name = "Customers", Together = OpsConsole.Approvals.Together.Counterparty, Unit = "EMEA", At = SyncSample.Noon, ById = "root", ByName = "Root" };

        await db.HoldBulk(Guid.NewGuid(), default);
        await BulkProgress.Read(db, Keys(), SyncSample.Noon, default);
        await Purses.Sent(db, rule, SyncSample.Noon, [.. Keys().Select(key => key.ToString())], default);

        foreach (var (sql, parameters) in tape.Said)
        {
            output.WriteLine(sql);
            Assert.InRange(parameters, 1, 6);
        }

        Assert.Equal(3, tape.Said.Count);
    }

    [Fact]
    public async Task A_kind_in_quarantine_is_found_and_settled_in_statements_of_few_parameters()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();

        var keys = Keys();
        await db.OpenOf(Guid.NewGuid(), new RefusedKind("s", "events", "r", "f", "t")).OrderBy(q => q.Id).Take(250).ToListAsync();
        await db.Quarantine.Where(q => keys.Contains(q.Id)).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuarantineState.TakenIn));

        Assert.All(tape.Said, said => Assert.InRange(said.Parameters, 1, 10));
    }

    [Fact]
    public void Every_text_compares_byte_for_byte_and_every_amount_has_its_places()
    {
        using var db = new SqlServerTape().Open();
        var properties = db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).ToList();
        var model = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetProperties()).ToList();

        Assert.All(model.Where(property => property.ClrType == typeof(string)), property => Assert.Equal("Latin1_General_100_BIN2", property.GetCollation()));
        Assert.All(
            properties.Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(decimal) && property.Name is not ("RatePerSecond" or "StopAbove")),
            property => Assert.True(property.GetPrecision() is >= 19 && property.GetScale() is >= 4, $"{property.DeclaringType.Name}.{property.Name}"));
        Assert.All(
            properties.Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset)),
            property => Assert.Equal("datetimeoffset", property.GetColumnType()));
    }

    [Theory]
    [InlineData(2601, true, false)]
    [InlineData(2627, true, false)]
    [InlineData(1205, false, true)]
    [InlineData(-2, false, true)]
    [InlineData(10054, false, true)]
    [InlineData(4060, false, true)]
    [InlineData(9002, false, true)]
    [InlineData(515, false, false)]
    [InlineData(8152, false, false)]
    public void An_error_is_read_by_its_number_wherever_it_stands_in_the_chain(int number, bool duplicate, bool transient)
    {
        using var db = new SqlServerTape().Open();
        foreach (var failure in new Exception[] { Failure(number), new DbUpdateException("", Failure(number)), new InvalidOperationException("", new DbUpdateException("", Failure(number))) })
        {
            Assert.Equal((duplicate, transient), (db.Dialect.IsDuplicateKey(failure), db.Dialect.IsTransient(failure)));
        }
    }

    private static Guid[] Keys() => [.. Enumerable.Range(0, Many).Select(_ => Guid.NewGuid())];

    /// <summary>As the driver makes one: time-outs and lost connections hold the operating system's error inside.</summary>
    private static SqlException Failure(int number)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var error = typeof(SqlError).GetConstructors(any).Select(made => (Made: made, Takes: made.GetParameters())).First(made => made.Takes.Any(takes => takes.ParameterType == typeof(Exception)));
        var values = error.Takes.Select((takes, i) => i == 0 ? number : takes.ParameterType == typeof(string) ? "" : takes.ParameterType.IsValueType ? Activator.CreateInstance(takes.ParameterType) : null).ToArray();
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", any)!.Invoke(errors, [error.Made.Invoke(values)]);
        var made = typeof(SqlException).GetConstructors(any).First(one => one.GetParameters() is [{ ParameterType.Name: "String" }, { ParameterType.Name: "SqlErrorCollection" }, ..]);
        return (SqlException)made.Invoke(["failed", errors, new Win32Exception(258), Guid.Empty]);
    }
}
