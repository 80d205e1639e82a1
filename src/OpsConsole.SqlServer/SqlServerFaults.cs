using System.Collections.Frozen;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace OpsConsole.SqlServer;

/// <summary>What the numbers of SQL Server's errors mean for whoever wrote. The error itself may hold another inside (of the network), so the whole chain is looked at.</summary>
internal static class SqlServerFaults
{
    private static readonly FrozenSet<int> s_transient = new[]
    {
        1205,                                   // chosen as the victim of a deadlock
        1204, 1222, 8645, 8651, 701,            // no locks, a lock waited for too long, no memory now
        -2, 11, 121, 258,                       // no answer in time
        -1, 0, 2, 19, 20, 26, 40, 53, 64, 233,  // not reached, or lost on the way
        10053, 10054, 10060, 10061, 11001,      // the same, as the network says it
        596, 6002, 6005, 17142, 17197, 18401,   // the session or the server is going down, is paused, or comes up
        4060, 921, 922, 927, 976, 983,          // the database is not open, recovering, restoring, or moves to another replica
        3960, 3961,                             // another transaction changed the row under snapshot isolation
        1101, 1105, 9001, 9002, 3906,           // no room, no log, read-only: it works again when somebody has seen to it
        40197, 40501, 40613, 49918, 49919, 49920, 10928, 10929, 4221,   // a managed server that is busy or moves
    }.ToFrozenSet();

    // 2601 and 2627: a unique index, and a primary key or unique constraint, were violated.
    public static bool IsDuplicateKey(Exception failure) => Find(failure) is { } sql && Numbers(sql).Any(number => number is 2601 or 2627);

    public static bool IsDeadlock(Exception failure) => Find(failure) is { } sql && Numbers(sql).Any(number => number is 1205);

    public static bool IsTransient(Exception failure) =>
        Find(failure) is { } sql ? Numbers(sql).Any(s_transient.Contains) : failure.GetBaseException() is TimeoutException or IOException or SocketException;

    private static SqlException? Find(Exception? failure)
    {
        while (failure is not (null or SqlException))
        {
            failure = failure.InnerException;
        }

        return failure as SqlException;
    }

    /// <summary>3621 ("the statement has been terminated") may stand beside the one that says why.</summary>
    private static IEnumerable<int> Numbers(SqlException failure) => failure.Errors.Cast<SqlError>().Select(error => error.Number).Append(failure.Number);
}
