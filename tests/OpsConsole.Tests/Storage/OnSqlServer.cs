using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using OpsConsole.SqlServer;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Storage;

/// <summary>SQL Server as <c>OPSCONSOLE_TEST_SQLSERVER</c> names it. Without it these tests are reported as skipped, never as passed.</summary>
public sealed class OnSqlServer : IDatabaseBrand
{
    public const string Variable = "OPSCONSOLE_TEST_SQLSERVER";

    public static async Task<TestDatabase> Start()
    {
        var database = new Database($"ops_test_{Guid.NewGuid():n}");
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        return database;
    }

    private sealed class Database(string name) : TestDatabase
    {
        public override string ConnectionString { get; } =
            new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)) { InitialCatalog = name }.ConnectionString;

        public override string Provider => "SqlServer";

        public override OpsDb CreateDbContext() => SqlServerSetup.CreateSqlServer(ConnectionString, options => options.AddInterceptors(Wall));

        public override async ValueTask DisposeAsync()
        {
            await using var db = CreateDbContext();
            await db.Database.EnsureDeletedAsync();
        }
    }
}
