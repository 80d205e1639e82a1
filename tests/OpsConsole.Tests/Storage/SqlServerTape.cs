using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OpsConsole.SqlServer;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Storage;

/// <summary>Writes down what would be sent to a SQL Server that nobody needs: every command is answered with nothing. Rows that are cut off without an order are a fault.</summary>
internal sealed class SqlServerTape : DbCommandInterceptor, IDbConnectionInterceptor
{
    public List<(string Sql, int Parameters)> Said { get; } = [];

    public OpsDb Open() => SqlServerSetup.CreateSqlServer("Server=nowhere;Database=none;Encrypt=false", options => options
        .AddInterceptors(this)
        .ConfigureWarnings(warnings => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning)));

    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(Nothing()));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(0));
    }

    private static DataTableReader Nothing()
    {
        using var none = new DataTable();
        return none.CreateDataReader();
    }

    private void Note(DbCommand command) => Said.Add((command.CommandText, command.Parameters.Count));
}
