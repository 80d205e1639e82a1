using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OpsConsole.Storage;

/// <summary>Each connection that is opened for some contexts is told something first; it forgets it when it goes back to the pool.</summary>
public abstract class ToldConnections : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Told(connection, eventData);
        command?.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Told(connection, eventData);
        if (command is not null)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>What a connection is told that this context opens; nothing: it is used as it is.</summary>
    protected abstract Action<DbCommand>? Word(DbContext? context);

    private DbCommand? Told(DbConnection connection, ConnectionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(eventData);
        if (Word(eventData.Context) is not { } word)
        {
            return null;
        }

        var command = connection.CreateCommand();
        word(command);
        return command;
    }
}
