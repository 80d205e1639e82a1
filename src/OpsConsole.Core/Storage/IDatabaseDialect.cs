using System.Data.Common;
using OpsConsole.Traces;

namespace OpsConsole.Storage;

/// <summary>
/// Everything that one database does differently. Each member runs inside the caller's transaction on the caller's connection, and must
/// stay correct when two nodes do the same thing at the same moment.
/// </summary>
public interface IDatabaseDialect
{
    /// <summary><c>Postgres</c> or <c>SqlServer</c>, as in the setting <c>Database:Provider</c>.</summary>
    string Name { get; }

    /// <summary>Collations, filtered indexes and whatever else has no portable spelling. Every text compares byte for byte.</summary>
    void Shape(ModelBuilder model);

    /// <summary>True when the write failed because another row already owns the key.</summary>
    bool IsDuplicateKey(Exception failure);

    /// <summary>True when the database ended this work, whole, because it and another's waited for each other: it was too late, as with a newer version.</summary>
    bool IsDeadlock(Exception failure);

    /// <summary>True when the same work may simply be tried again: a lost connection, a deadlock, a restart of the database.</summary>
    bool IsTransient(Exception failure);

    /// <summary>Writes rows that are not there yet, by the fastest way there is. Fails with a duplicate key when one is.</summary>
    Task Insert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Which of the rows stand in the table by their primary key: their places in the list, in any order.</summary>
    Task<IReadOnlyList<int>> Known<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Writes rows, replacing those with the same primary key that say something else. A key may appear once only; callers sort, so that two nodes lock in one order.</summary>
    Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Writes the rows whose primary key is not there yet and leaves the others as they are.</summary>
    Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Adds the numbers to what stands there (<see cref="Sources.IntakeCount"/>, <see cref="Sources.SourceHour"/>): counters add, the latest moment widens.</summary>
    Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>
    /// Takes or renews the lease. Answers the epoch under which the holder may write, or nothing while somebody else holds it.
    /// The database's own clock decides, so that nodes' clocks need not agree.
    /// </summary>
    Task<long?> TakeLease(OpsDb db, string name, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>True while the epoch is still the lease's, with the row locked until the transaction ends: a fenced-off holder cannot commit.</summary>
    Task<bool> HoldLease(OpsDb db, string name, long epoch, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="count"/> replays to one target that are due, in the order of their numbers; rows that another worker holds are skipped, not waited for.</summary>
    Task<IReadOnlyList<Guid>> ClaimDueReplays(OpsDb db, string target, int count, DateTimeOffset now, DateTimeOffset heldUntil, CancellationToken cancellationToken);

    /// <summary>
    /// Holds these <see cref="Approvals.FourEyesPurse"/>s until the transaction ends, and makes those that are not there. They are taken in one order whatever the order of
    /// the list, in one statement: of two who need some of the same, one waits for the other, and never each for the other.
    /// </summary>
    Task HoldPurses(OpsDb db, IReadOnlyList<Guid> keys, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The last number that was given to a <see cref="Change"/>, whether or not its transaction has ended; 0 before the first.</summary>
    Task<long> LastChange(OpsDb db, CancellationToken cancellationToken);

    /// <summary>The days of the window that should have a partition of spans and one of logs and lack one: those ahead, and those of which some have come.</summary>
    Task<IReadOnlyList<DateOnly>> MissingSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken);

    /// <summary>Gives the day its partitions, and into them what has come of it. Does nothing where it has them.</summary>
    Task AddSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken);

    /// <summary>The days before the window that have a partition.</summary>
    Task<IReadOnlyList<DateOnly>> OldSpanDays(OpsDb db, SpanWindow window, CancellationToken cancellationToken);

    /// <summary>Drops the day's partitions with all of its spans and logs, without touching them one by one.</summary>
    Task DropSpanDay(OpsDb db, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Makes the command say to its connection at which moment the views of the past (<see cref="Past.Kept"/>) stand.</summary>
    void TellMoment(DbCommand command, DateTimeOffset at);

    /// <summary>Since when (UTC) the past is kept.</summary>
    Task<DateTimeOffset> PastFrom(OpsDb db, CancellationToken cancellationToken);

    /// <summary>Drops the former rows of one kept table that were no longer true at the moment.</summary>
    /// <returns>How many; more may be left when it is as many as were asked for.</returns>
    Task<int> ForgetPast(OpsDb db, string table, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Drops all former rows of one kept table that have this key in a column.</summary>
    Task<int> ForgetRows(OpsDb db, string table, string column, Guid key, CancellationToken cancellationToken);

    /// <summary>From now on the past is kept since this moment only, unless it was kept less long already.</summary>
    Task MovePast(OpsDb db, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Makes the command say to its connection whose rows it may touch from now on (<see cref="Storage.Rows.RowLimits"/>).</summary>
    void TellRows(DbCommand command, Scope scope);

    /// <summary>Looks whether the database withholds rows, and whether this console can limit its connections and is itself not limited.</summary>
    /// <param name="db">Where.</param>
    /// <param name="raise">Puts it in place where it is missing and the console's user administers the server.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>Why not, in half a sentence; nothing when it does.</returns>
    Task<string?> WhyNoRowSecurity(OpsDb db, bool raise, CancellationToken cancellationToken);

    /// <summary>What an administrator runs so that the database withholds rows: <c>deploy/sql</c> holds the same.</summary>
    string RowSecurityScript(OpsDb db);

    /// <summary>A setting that would lose acknowledged writes, in one sentence, or nothing.</summary>
    Task<string?> UnsafeSetting(OpsDb db, CancellationToken cancellationToken);
}
