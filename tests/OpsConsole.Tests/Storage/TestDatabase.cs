using Microsoft.EntityFrameworkCore;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Storage;

/// <summary>An empty database of its own, migrated, gone afterwards. It hands out contexts as the console's factory does.</summary>
public abstract class TestDatabase : IDbContextFactory<OpsDb>, IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    /// <summary>As in the setting <c>Database:Provider</c>.</summary>
    public abstract string Provider { get; }

    public abstract OpsDb CreateDbContext();

    public abstract ValueTask DisposeAsync();
}

/// <summary>A database brand that storage tests run on.</summary>
public interface IDatabaseBrand
{
    static abstract Task<TestDatabase> Start();
}
