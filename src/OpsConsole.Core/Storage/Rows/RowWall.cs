using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OpsConsole.Storage.Rows;

/// <summary>The setting <c>Database:RowSecurity</c>.</summary>
public enum RowSecurity
{
    /// <summary>Used when the database has it.</summary>
    Auto,

    /// <summary>No start without it.</summary>
    Required,

    Off,
}

/// <summary>
/// The second wall: each connection that is opened for somebody who does not see everything (<see cref="OpsDb.Rows"/>) is told so, and the database withholds
/// foreign rows by itself. A connection forgets it when it goes back to the pool.
/// </summary>
public sealed class RowWall : DbConnectionInterceptor
{
    /// <summary>The database has it and this console may use it.</summary>
    public bool Stands { get; set; }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection, eventData);
        command?.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, eventData);
        if (command is not null)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private DbCommand? Command(DbConnection connection, ConnectionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(eventData);
        if (!Stands || eventData.Context is not OpsDb { Rows: { Everything: false } scope } db)
        {
            return null;
        }

        var command = connection.CreateCommand();
        db.Dialect.TellRows(command, scope);
        return command;
    }
}
