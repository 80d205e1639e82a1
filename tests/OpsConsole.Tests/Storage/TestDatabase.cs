using Microsoft.EntityFrameworkCore;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;
using OpsConsole.Storage.Rows;

namespace OpsConsole.Tests.Storage;

/// <summary>An empty database of its own, migrated, gone afterwards. It hands out contexts as the console's factory does.</summary>
public abstract class TestDatabase : IDbContextFactory<OpsDb>, IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    /// <summary>As in the setting <c>Database:Provider</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The database's own wall between units. PostgreSQL has it in every test; SQL Server where it was raised.</summary>
    public RowWall Wall { get; } = new();

    public abstract OpsDb CreateDbContext();

    public async Task RaiseWall()
    {
        await using var db = CreateDbContext();
        Assert.Null(await db.Dialect.WhyNoRowSecurity(db, raise: true, default));
        Wall.Stands = true;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>What was known at a moment.</summary>
    public OpsDb AsOf(DateTimeOffset at)
    {
        using var present = CreateDbContext();
        return PastDb.Of(present, at);
    }

    /// <summary>Now, by the database's clock: after all that was committed, before all that begins later.</summary>
    public async Task<DateTimeOffset> Moment()
    {
        await using var db = CreateDbContext();
        return Provider == "Postgres"
            ? await db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync()
            : await db.Database.SqlQuery<DateTimeOffset>($"SELECT CAST(SYSUTCDATETIME() AS datetimeoffset(7)) AS [Value]").SingleAsync();
    }
}

/// <summary>A database brand that storage tests run on.</summary>
public interface IDatabaseBrand
{
    static abstract Task<TestDatabase> Start();
}
