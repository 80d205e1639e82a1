using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Notify;
using OpsConsole.Projection;
using OpsConsole.Replay;
using OpsConsole.Storage.Past;
using OpsConsole.Traces;

namespace OpsConsole.SqlServer;

internal sealed class SqlServerDialect : IDatabaseDialect
{
    public string Name => "SqlServer";

    public void Shape(ModelBuilder model)
    {
        // Byte for byte, so that ids compare as the contract says. (BIN2 still pads with blanks: keys are hashes for that reason.)
        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.ClrType == typeof(string))
            {
                property.SetCollation("Latin1_General_100_BIN2");
            }
        }

        model.Entity<ExceptionSignal>().HasIndex(s => s.Changed).HasFilter("[Changed] = 1");
        model.Entity<Batch>().HasIndex(b => new { b.FoldedAt, b.Kind, b.Lane, b.ReceivedAt }).HasFilter("[FoldedAt] IS NULL");
        model.Entity<LogRecord>().HasIndex(l => new { l.TraceId, l.TimeNanos }).HasFilter("[TraceId] IS NOT NULL");
        Shape(model.Entity<ExceptionCase>());
        model.Entity<Notice>().HasIndex(n => n.At, NoticeMapping.Waiting).HasFilter("[GatheredAt] IS NULL");
        model.Entity<NoticeItem>().HasIndex(n => n.SendAt, NoticeItemMapping.ToSend).HasFilter("[SendAt] IS NOT NULL");
        model.Entity<NoticeLetter>().HasIndex(l => l.DueAt, NoticeLetterMapping.Unsent).HasFilter("[SentAt] IS NULL AND [GivenUpAt] IS NULL");
        model.Entity<BusinessObject>().HasIndex(o => new { o.Unit, o.Type }).HasFilter("[Disagrees] = 1");
        model.Entity<Transaction>().HasIndex(t => new { t.Flow, t.StartOrder, t.Key }).IncludeProperties(TransactionMapping.Counted);
        model.Entity<TransactionMilestone>().HasIndex(m => new { m.Flow, m.Name, m.PriorAt }).IncludeProperties(nameof(TransactionMilestone.TransactionKey), nameof(TransactionMilestone.ReachedAt), nameof(TransactionMilestone.Pace));
        model.Entity<Transaction>().Property(t => t.StartOrder).HasComputedColumnSql("ISNULL([StartedAt], CONVERT(datetimeoffset, '1970-01-01T00:00:00Z', 127))", stored: true);
        model.Entity<ReplayItem>().HasIndex(r => new { r.CaseId, r.Outstanding }).IsUnique().HasFilter("[Outstanding] IS NOT NULL");

        // Where a trigger keeps the past, a statement may not answer by OUTPUT alone.
        foreach (var type in Kept.Changing)
        {
            model.Entity(type).ToTable(table => table.HasTrigger(Kept.Trigger + table.Metadata.GetTableName()));
        }
    }

    // A filtered index serves a query without a look-up only when it holds the filter's columns too.
    private static void Shape(EntityTypeBuilder<ExceptionCase> cases)
    {
        cases.Property(c => c.DueOrder).HasComputedColumnSql("ISNULL([DueAt], CONVERT(datetimeoffset, '9000-01-01T00:00:00Z', 127))", stored: true);
        cases.Property(c => c.RankOrder).HasComputedColumnSql(
            "CONVERT(bigint, 1000000 * (LOG(CASE WHEN [ReportingAmount] > 1 THEN CONVERT(float, [ReportingAmount]) ELSE 1 END) / LOG(CONVERT(float, 2)) - DATEDIFF_BIG(millisecond, CONVERT(datetimeoffset, '2020-01-01T00:00:00Z', 127), ISNULL([DueAt], CONVERT(datetimeoffset, '9000-01-01T00:00:00Z', 127))) / CONVERT(float, 86400000)))", stored: true);
        cases.HasIndex([nameof(ExceptionCase.RankOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.Unit), nameof(ExceptionCase.Queue), nameof(ExceptionCase.State), nameof(ExceptionCase.Holder)], ExceptionCaseMapping.RankedCases)
            .HasFilter("[EndedAt] IS NULL AND [MovedTo] IS NULL").IncludeProperties(nameof(ExceptionCase.EndedAt), nameof(ExceptionCase.MovedTo));
        cases.HasIndex(c => new { c.Fingerprint, c.EndedAt }).IncludeProperties(nameof(ExceptionCase.Unit), nameof(ExceptionCase.MovedTo));
        cases.HasIndex(c => c.ObjectKey).IncludeProperties(ExceptionCaseMapping.Summed);
        cases.HasIndex([nameof(ExceptionCase.DueOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.State), nameof(ExceptionCase.Unit)], ExceptionCaseMapping.AllCases)
            .HasFilter("[MovedTo] IS NULL").IncludeProperties(nameof(ExceptionCase.MovedTo));
        cases.HasIndex(c => c.TraceId).HasFilter("[TraceId] IS NOT NULL");
        cases.HasIndex(c => c.Number, ExceptionCaseMapping.UnroutedCases).HasFilter("[RoutedAt] IS NULL");
        cases.HasIndex(c => c.SnoozedUntil, ExceptionCaseMapping.SnoozedCases).HasFilter("[SnoozedUntil] IS NOT NULL");
        cases.HasIndex(c => c.EscalateAt, ExceptionCaseMapping.EscalatingCases).HasFilter("[EscalateAt] IS NOT NULL");
        cases.HasIndex(c => c.PausedUntil, ExceptionCaseMapping.PausedCases).HasFilter("[PausedUntil] IS NOT NULL");
        cases.HasIndex([nameof(ExceptionCase.DueOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.Unit), nameof(ExceptionCase.Queue), nameof(ExceptionCase.State), nameof(ExceptionCase.Holder)], ExceptionCaseMapping.OpenCases)
            .HasFilter("[EndedAt] IS NULL AND [MovedTo] IS NULL").IncludeProperties([.. ExceptionCaseMapping.Held, nameof(ExceptionCase.EndedAt), nameof(ExceptionCase.MovedTo)]);
    }

    public bool IsDuplicateKey(Exception failure) => SqlServerFaults.IsDuplicateKey(failure);

    public bool IsDeadlock(Exception failure) => SqlServerFaults.IsDeadlock(failure);

    public bool IsTransient(Exception failure) => SqlServerFaults.IsTransient(failure);

    public Task Insert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : SqlServerBulk.Copy(db, rows, cancellationToken);

    public Task<IReadOnlyList<int>> Known<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.FromResult<IReadOnlyList<int>>([]) : SqlServerBulk.Known(db, rows, cancellationToken);

    public Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : SqlServerBulk.Upsert(db, rows, cancellationToken);

    public Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : SqlServerBulk.InsertMissing(db, rows, cancellationToken);

    public Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : SqlServerBulk.Add(db, rows, cancellationToken);

    public async Task<long?> TakeLease(OpsDb db, string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        // One batch: a range lock on the name from the first read to the end makes two nodes take turns.
        var milliseconds = (int)duration.TotalMilliseconds;
        var epochs = await db.Database.SqlQuery<long>(
            $"""
             SET NOCOUNT ON;
             DECLARE @now datetimeoffset = SYSUTCDATETIME(), @epoch bigint;
             SET XACT_ABORT ON;
             BEGIN TRANSACTION;
             IF NOT EXISTS (SELECT 1 FROM leases WITH (UPDLOCK, HOLDLOCK) WHERE [Name] = {name})
                 INSERT INTO leases ([Name], [Holder], [Epoch], [Until]) VALUES ({name}, {holder}, 0, DATEADD(second, -1, @now));
             UPDATE leases SET
                 @epoch = [Epoch] = CASE WHEN [Holder] = {holder} AND [Until] > @now THEN [Epoch] ELSE [Epoch] + 1 END,
                 [Holder] = {holder}, [Until] = DATEADD(millisecond, {milliseconds}, @now)
             WHERE [Name] = {name} AND ([Holder] = {holder} OR [Until] <= @now);
             COMMIT;
             SELECT @epoch AS [Value] WHERE @epoch IS NOT NULL;
             """).ToListAsync(cancellationToken);
        return epochs.Count == 0 ? null : epochs[0];
    }

    public async Task<bool> HoldLease(OpsDb db, string name, long epoch, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<long>($"SELECT [Epoch] AS [Value] FROM leases WITH (HOLDLOCK) WHERE [Name] = {name} AND [Epoch] = {epoch}")
            .ToListAsync(cancellationToken)).Count == 1;

    // The rows that are free come first and lead to themselves: any other order would wait at the rows that another worker holds.
    public async Task<IReadOnlyList<Guid>> ClaimDueReplays(
        OpsDb db, string target, int count, DateTimeOffset now, DateTimeOffset heldUntil, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Guid>(
            $"""
             SET NOCOUNT ON;
             DECLARE @claimed TABLE ([Value] uniqueidentifier NOT NULL);
             UPDATE r SET [State] = 1, [HeldUntil] = {heldUntil}
             OUTPUT inserted.[Id] INTO @claimed
             FROM (
                 SELECT TOP ({count}) [Id] FROM replay_items WITH (UPDLOCK, READPAST, ROWLOCK)
                 WHERE [State] = 0 AND [Target] = {target} AND [DueAt] <= {now}
                 ORDER BY [Number]) due
             JOIN replay_items r ON r.[Id] = due.[Id]
             OPTION (LOOP JOIN, FORCE ORDER);
             SELECT [Value] FROM @claimed;
             """).ToListAsync(cancellationToken);

    // A loop on the server: no statement over many rows promises the order in which it locks them, and one row at a time never escalates to the whole table. The range lock
    // of a key that is not there lies on the next one that is, so it keeps the order too.
    public Task HoldPurses(OpsDb db, IReadOnlyList<Guid> keys, DateTimeOffset now, CancellationToken cancellationToken) =>
        keys.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
            $"""
             SET NOCOUNT ON;
             DECLARE @key uniqueidentifier;
             DECLARE wanted CURSOR LOCAL STATIC FORWARD_ONLY READ_ONLY FOR
                 SELECT CONVERT(uniqueidentifier, [value]) AS [Wanted] FROM OPENJSON({JsonSerializer.Serialize(keys)}) ORDER BY [Wanted];
             OPEN wanted;
             FETCH NEXT FROM wanted INTO @key;
             WHILE @@FETCH_STATUS = 0
             BEGIN
                 UPDATE four_eyes_purses WITH (UPDLOCK, HOLDLOCK, ROWLOCK) SET [At] = {now} WHERE [Key] = @key;
                 IF @@ROWCOUNT = 0
                     INSERT INTO four_eyes_purses ([Key], [At]) VALUES (@key, {now});
                 FETCH NEXT FROM wanted INTO @key;
             END;
             CLOSE wanted;
             DEALLOCATE wanted;
             """,
            cancellationToken);

    public Task<IReadOnlyList<DateOnly>> MissingSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken) => SqlServerSpanDays.Missing(db, window, cancellationToken);

    public Task AddSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken) => SqlServerSpanDays.Add(db, day, cancellationToken);

    public Task<IReadOnlyList<DateOnly>> OldSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken) => SqlServerSpanDays.Old(db, window, cancellationToken);

    public Task DropSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken) => SqlServerSpanDays.Drop(db, day, cancellationToken);

    // Before the first row IDENT_CURRENT answers the number that it will have; missing it tells listeners to look again once, and no more.
    public Task<long> LastChange(OpsDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>($"SELECT CAST(IDENT_CURRENT('changes') AS bigint) AS [Value]").SingleAsync(cancellationToken);

    public void TellMoment(DbCommand command, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.CommandText = "EXEC sys.sp_set_session_context @key = N'opsconsole.as_of', @value = @at";
        command.Parameters.Add(new SqlParameter("@at", SqlDbType.DateTimeOffset) { Value = at.ToUniversalTime() });
    }

    public void TellRows(DbCommand command, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(scope);
        SqlServerRows.Tell(command, scope);
    }

    public Task<string?> WhyNoRowSecurity(OpsDb db, bool raise, CancellationToken cancellationToken) => SqlServerRows.WhyNot(db, raise, cancellationToken);

    public string RowSecurityScript(OpsDb db) => SqlServerRows.Script(db);

    public Task<DateTimeOffset> PastFrom(OpsDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DateTimeOffset>($"SELECT [From] AS [Value] FROM past_horizon").SingleAsync(cancellationToken);

    // The name is one of the model's own tables.
#pragma warning disable EF1002
    public Task<int> ForgetPast(OpsDb db, string table, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync($$"""DELETE TOP ({1}) FROM [past_{{table}}_was] WHERE known_to <= {0}""", [before, most], cancellationToken);

    public Task<int> ForgetRows(OpsDb db, string table, string column, Guid key, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync($$"""DELETE FROM [past_{{table}}_was] WHERE [{{column}}] = {0}""", [key], cancellationToken);
#pragma warning restore EF1002

    public Task MovePast(OpsDb db, DateTimeOffset from, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"UPDATE past_horizon SET [From] = {from} WHERE [From] < {from}", cancellationToken);

    public async Task<string?> UnsafeSetting(OpsDb db, CancellationToken cancellationToken)
    {
        var delayed = await db.Database.SqlQuery<string>(
            $"SELECT delayed_durability_desc AS [Value] FROM sys.databases WHERE database_id = DB_ID()").ToListAsync(cancellationToken);
        return delayed[0] is "FORCED"
            ? "SQL Server runs with DELAYED_DURABILITY = FORCED and would lose acknowledged writes in a crash; set it to DISABLED or ALLOWED."
            : null;
    }
}
