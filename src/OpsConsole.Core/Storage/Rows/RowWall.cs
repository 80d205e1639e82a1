using System.Data.Common;

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
public sealed class RowWall : ToldConnections
{
    /// <summary>The database has it and this console may use it.</summary>
    public bool Stands { get; set; }

    protected override Action<DbCommand>? Word(DbContext? context) =>
        Stands && context is OpsDb { Rows: { Everything: false } scope } db ? command => db.Dialect.TellRows(command, scope) : null;
}
