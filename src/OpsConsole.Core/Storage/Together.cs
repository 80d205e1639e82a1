using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Query.Internal;

namespace OpsConsole.Storage;

/// <summary>
/// Several questions to the database in one round trip. Each is LINQ as anywhere else and must not track; a row is a mapped entity, one
/// column, or a type whose only constructor takes the selected columns in their order.
/// </summary>
internal sealed class Together(OpsDb db)
{
    /// <summary>Under this name a listener is told of every round trip: <see cref="Asked"/> with the number of questions.</summary>
    public const string Listener = "OpsConsole.Storage";

    public const string Asked = "Asked";

    private static readonly DiagnosticListener s_told = new(Listener);
    private readonly List<(DbCommand Command, Func<DbDataReader, CancellationToken, Task> Read)> _asked = [];

    /// <returns>The rows, once <see cref="Send"/> has been waited for; empty until then.</returns>
    public List<T> Ask<T>(IQueryable<T> rows) => Ask<T>(rows.CreateDbCommand());

    /// <param name="compiled">What a compiled question answers (see <see cref="Questions{T}"/>), not yet enumerated.</param>
    /// <returns>As above.</returns>
    [SuppressMessage("Usage", "EF1001:Internal EF Core API usage.", Justification = "What CreateDbCommand of a query that is not compiled does. TogetherTests asks both ways.")]
    public List<T> Ask<T>(IEnumerable<T> compiled) => Ask<T>(((IRelationalQueryingEnumerable)compiled).CreateDbCommand());

    /// <summary>Each row is handed on as it comes, during <see cref="Send"/>, and not kept: for so many that only what is made of them should stay.</summary>
    public void Each<T>(IQueryable<T> rows, Action<T> take) => Each(rows.CreateDbCommand(), take);

    private List<T> Ask<T>(DbCommand command)
    {
        var read = new List<T>();
        Each<T>(command, read.Add);
        return read;
    }

    private void Each<T>(DbCommand command, Action<T> take) => _asked.Add((command, async (reader, cancellationToken) =>
    {
        var row = RowReader<T>.Of(db, reader);
        while (await reader.ReadAsync(cancellationToken))
        {
            take(row(reader));
        }
    }));

    /// <summary>Sends what was asked and reads all answers. It can be asked and sent again.</summary>
    public async Task Send(CancellationToken cancellationToken)
    {
        if (s_told.IsEnabled(Asked))
        {
            s_told.Write(Asked, _asked.Count);
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = Batch();
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            foreach (var (_, read) in _asked)
            {
                await read(reader, cancellationToken);
                await reader.NextResultAsync(cancellationToken);
            }
        }
        finally
        {
            _asked.ForEach(one => one.Command.Dispose());
            _asked.Clear();
            await db.Database.CloseConnectionAsync();
        }
    }

    private DbBatch Batch()
    {
        var batch = db.Database.GetDbConnection().CreateBatch();
        batch.Timeout = _asked[0].Command.CommandTimeout;
        batch.Transaction = _asked[0].Command.Transaction;
        foreach (var (command, _) in _asked)
        {
            var one = batch.CreateBatchCommand();
            one.CommandText = command.CommandText;
            var parameters = command.Parameters.Cast<DbParameter>().ToArray();
            command.Parameters.Clear();
            one.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(one);
        }

        return batch;
    }
}
