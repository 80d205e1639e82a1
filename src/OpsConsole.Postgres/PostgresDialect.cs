using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Notify;
using OpsConsole.Projection;
using OpsConsole.Traces;

namespace OpsConsole.Postgres;

internal sealed class PostgresDialect : IDatabaseDialect
{
    public string Name => "Postgres";

    public void Shape(ModelBuilder model)
    {
        // Byte for byte, so that ids compare as the contract says and prefix searches use the index.
        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.ClrType == typeof(string))
            {
                property.SetCollation("C");
            }
        }

        model.Entity<ExceptionSignal>().HasIndex(s => s.Changed).HasFilter("\"Changed\"");
        model.Entity<Batch>().HasIndex(b => new { b.FoldedAt, b.Kind, b.Lane, b.ReceivedAt }).HasFilter("\"FoldedAt\" IS NULL");
        model.Entity<TraceSummary>().HasIndex(t => t.StartedAt);
        model.Entity<SyncEvent>().HasIndex(e => e.Time).HasMethod("brin").HasStorageParameter("autosummarize", true);      // events come nearly in their own order: a few bytes a megabyte
        model.Entity<LogRecord>().HasIndex(l => new { l.TraceId, l.TimeNanos }).HasFilter("\"TraceId\" IS NOT NULL");
        Shape(model.Entity<ExceptionCase>());
        model.Entity<Notice>().HasIndex(n => n.At, NoticeMapping.Waiting).HasFilter("\"GatheredAt\" IS NULL");
        model.Entity<NoticeItem>().HasIndex(n => n.SendAt, NoticeItemMapping.ToSend).HasFilter("\"SendAt\" IS NOT NULL");
        model.Entity<NoticeLetter>().HasIndex(l => l.DueAt, NoticeLetterMapping.Unsent).HasFilter("\"SentAt\" IS NULL AND \"GivenUpAt\" IS NULL");
        model.Entity<BusinessObject>().HasIndex(o => new { o.Unit, o.Type }).HasFilter("\"Disagrees\"");
        model.Entity<Transaction>().HasIndex(t => new { t.Flow, t.StartOrder, t.Key }).IncludeProperties(TransactionMapping.Counted);
        model.Entity<TransactionMilestone>().HasIndex(m => new { m.Flow, m.Name, m.ReachedAt }).IncludeProperties(nameof(TransactionMilestone.TransactionKey));
        model.Entity<TransactionMilestone>().HasIndex(m => new { m.Flow, m.Name, m.PriorAt }).IncludeProperties(nameof(TransactionMilestone.TransactionKey), nameof(TransactionMilestone.ReachedAt), nameof(TransactionMilestone.Pace));
        model.Entity<Transaction>().Property(t => t.StartOrder).HasComputedColumnSql("COALESCE(\"StartedAt\", TIMESTAMPTZ '1970-01-01 00:00:00+00')", stored: true);
    }

    private static void Shape(EntityTypeBuilder<ExceptionCase> cases)
    {
        cases.Property(c => c.DueOrder).HasComputedColumnSql("COALESCE(\"DueAt\", TIMESTAMPTZ '9000-01-01 00:00:00+00')", stored: true);
        cases.Property(c => c.RankOrder).HasComputedColumnSql(
            "(1000000 * (ln(GREATEST(COALESCE(\"ReportingAmount\", 0), 1)::float8) / ln(2::float8) - EXTRACT(EPOCH FROM (COALESCE(\"DueAt\", TIMESTAMPTZ '9000-01-01 00:00:00+00') - TIMESTAMPTZ '2020-01-01 00:00:00+00')) / 86400))::bigint", stored: true);
        cases.HasIndex([nameof(ExceptionCase.RankOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.Unit), nameof(ExceptionCase.Queue), nameof(ExceptionCase.State), nameof(ExceptionCase.Holder)], ExceptionCaseMapping.RankedCases)
            .HasFilter("\"EndedAt\" IS NULL AND \"MovedTo\" IS NULL");
        cases.HasIndex(c => new { c.Fingerprint, c.EndedAt }).IncludeProperties(nameof(ExceptionCase.Unit), nameof(ExceptionCase.MovedTo));
        cases.HasIndex(c => c.ObjectKey).IncludeProperties(ExceptionCaseMapping.Summed);
        cases.HasIndex([nameof(ExceptionCase.DueOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.State), nameof(ExceptionCase.Unit)], ExceptionCaseMapping.AllCases).HasFilter("\"MovedTo\" IS NULL");
        cases.HasIndex(c => c.TraceId).HasFilter("\"TraceId\" IS NOT NULL");
        cases.HasIndex(c => c.Number, ExceptionCaseMapping.UnroutedCases).HasFilter("\"RoutedAt\" IS NULL");
        cases.HasIndex(c => c.SnoozedUntil, ExceptionCaseMapping.SnoozedCases).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        cases.HasIndex(c => c.EscalateAt, ExceptionCaseMapping.EscalatingCases).HasFilter("\"EscalateAt\" IS NOT NULL");
        cases.HasIndex(c => c.PausedUntil, ExceptionCaseMapping.PausedCases).HasFilter("\"PausedUntil\" IS NOT NULL");
        cases.HasIndex([nameof(ExceptionCase.DueOrder), nameof(ExceptionCase.Number), nameof(ExceptionCase.Unit), nameof(ExceptionCase.Queue), nameof(ExceptionCase.State), nameof(ExceptionCase.Holder)], ExceptionCaseMapping.OpenCases)
            .HasFilter("\"EndedAt\" IS NULL AND \"MovedTo\" IS NULL").IncludeProperties(ExceptionCaseMapping.Held);
    }

    public bool IsDuplicateKey(Exception failure) =>
        failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public bool IsDeadlock(Exception failure) =>
        failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    public bool IsTransient(Exception failure) => failure.GetBaseException() switch
    {
        NpgsqlException { IsTransient: true } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    public Task Insert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : db.Rows is { Everything: false } ? PostgresBulk.Insert(db, rows, cancellationToken) : PostgresBulk.Copy(db, rows, cancellationToken);

    public Task<IReadOnlyList<int>> Known<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.FromResult<IReadOnlyList<int>>([]) : PostgresBulk.Known(db, rows, cancellationToken);

    public Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : PostgresBulk.Upsert(db, rows, cancellationToken);

    public Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : PostgresBulk.InsertMissing(db, rows, cancellationToken);

    public Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        rows.Count == 0 ? Task.CompletedTask : PostgresBulk.Add(db, rows, cancellationToken);

    public async Task<long?> TakeLease(OpsDb db, string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var epochs = await db.Database.SqlQuery<long>(
            $"""
             INSERT INTO leases ("Name", "Holder", "Epoch", "Until") VALUES ({name}, {holder}, 1, clock_timestamp() + {duration})
             ON CONFLICT ("Name") DO UPDATE SET
                 "Epoch" = CASE WHEN leases."Holder" = EXCLUDED."Holder" AND leases."Until" > clock_timestamp() THEN leases."Epoch" ELSE leases."Epoch" + 1 END,
                 "Holder" = EXCLUDED."Holder", "Until" = EXCLUDED."Until"
             WHERE leases."Holder" = EXCLUDED."Holder" OR leases."Until" <= clock_timestamp()
             RETURNING "Epoch" AS "Value"
             """).ToListAsync(cancellationToken);
        return epochs.Count == 0 ? null : epochs[0];
    }

    public async Task<bool> HoldLease(OpsDb db, string name, long epoch, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<long>($"""SELECT "Epoch" AS "Value" FROM leases WHERE "Name" = {name} AND "Epoch" = {epoch} FOR SHARE""")
            .ToListAsync(cancellationToken)).Count == 1;

    public async Task<IReadOnlyList<Guid>> ClaimDueReplays(
        OpsDb db, string target, int count, DateTimeOffset now, DateTimeOffset heldUntil, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Guid>(
            $"""
             UPDATE replay_items SET "State" = 1, "HeldUntil" = {heldUntil}
             WHERE "Id" IN (
                 SELECT "Id" FROM replay_items
                 WHERE "State" = 0 AND "Target" = {target} AND "DueAt" <= {now}
                 ORDER BY "Number"
                 LIMIT {count}
                 FOR UPDATE SKIP LOCKED)
             RETURNING "Id" AS "Value"
             """).ToListAsync(cancellationToken);

    // Row by row in the order of the keys: each is inserted or locked before the next is looked at.
    public Task HoldPurses(OpsDb db, IReadOnlyList<Guid> keys, DateTimeOffset now, CancellationToken cancellationToken) =>
        keys.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO four_eyes_purses ("Key", "At")
             SELECT k, {now} FROM unnest({keys.ToArray()}) k ORDER BY k
             ON CONFLICT ("Key") DO UPDATE SET "At" = EXCLUDED."At"
             """,
            cancellationToken);

    public Task<IReadOnlyList<DateOnly>> MissingSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken) => PostgresSpanDays.Missing(db, window, cancellationToken);

    public Task AddSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken) => PostgresSpanDays.Add(db, day, cancellationToken);

    public Task<IReadOnlyList<DateOnly>> OldSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken) => PostgresSpanDays.Old(db, window, cancellationToken);

    public Task DropSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken) => PostgresSpanDays.Drop(db, day, cancellationToken);

    public Task<long> LastChange(OpsDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>($"""SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence('changes', 'Number')::regclass), 0) AS "Value" """).SingleAsync(cancellationToken);

    public void TellMoment(DbCommand command, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.CommandText = "SELECT set_config('opsconsole.as_of', $1, false)";
        command.Parameters.Add(new NpgsqlParameter { Value = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture) });
    }

    public void TellRows(DbCommand command, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(scope);
        PostgresRows.Tell(command, scope);
    }

    public Task<string?> WhyNoRowSecurity(OpsDb db, bool raise, CancellationToken cancellationToken) => PostgresRows.WhyNot(db, raise, cancellationToken);

    public string RowSecurityScript(OpsDb db) => PostgresRows.Script(db);

    public Task<DateTimeOffset> PastFrom(OpsDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DateTimeOffset>($"""SELECT "From" AS "Value" FROM past_horizon""").SingleAsync(cancellationToken);

    // The name is one of the model's own tables.
#pragma warning disable EF1002
    public Task<int> ForgetPast(OpsDb db, string table, DateTimeOffset before, int most, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(
        $$"""DELETE FROM past_{{table}}_was WHERE ctid IN (SELECT ctid FROM past_{{table}}_was WHERE known_to <= {0} LIMIT {1})""", [before, most], cancellationToken);

    public Task<int> ForgetRows(OpsDb db, string table, string column, Guid key, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync($$"""DELETE FROM past_{{table}}_was WHERE "{{column}}" = {0}""", [key], cancellationToken);
#pragma warning restore EF1002

    public Task MovePast(OpsDb db, DateTimeOffset from, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""UPDATE past_horizon SET "From" = {from} WHERE "From" < {from}""", cancellationToken);

    public async Task<string?> UnsafeSetting(OpsDb db, CancellationToken cancellationToken)
    {
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            var value = (await db.Database.SqlQuery<string>($"""SELECT current_setting({setting}) AS "Value" """).ToListAsync(cancellationToken))[0];
            if (value is "off")
            {
                return $"PostgreSQL runs with {setting} = off and would lose acknowledged writes in a crash; set it to on.";
            }
        }

        return null;
    }
}
