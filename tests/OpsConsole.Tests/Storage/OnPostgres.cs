using Npgsql;
using OpsConsole.Postgres;
using OpsConsole.Storage;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Tests.Storage;

/// <summary>PostgreSQL as <c>OPSCONSOLE_TEST_POSTGRES</c> names it; <c>deploy/dev/test</c> starts one. Databases are copied from one migrated template.</summary>
public sealed class OnPostgres : IDatabaseBrand
{
    public const string Variable = "OPSCONSOLE_TEST_POSTGRES";
    private static readonly Lazy<Task<string>> s_template = new(MakeTemplate);

    public static async Task<TestDatabase> Start()
    {
        var template = await s_template.Value;
        var name = $"ops_test_{Guid.NewGuid():n}";
        await Run(Admin, $"CREATE DATABASE {name} TEMPLATE {template}");
        return new Database(name) { Wall = { Stands = true } };
    }

    private static string Admin => Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"{Variable} is not set. Run the tests by deploy/dev/test, or set it to the address of a PostgreSQL 15 where databases may be created.");

    private static async Task<string> MakeTemplate()
    {
        var name = $"ops_template_{Guid.NewGuid():n}";
        await Run(Admin, $"CREATE DATABASE {name}");
        await using (var db = PostgresSetup.CreatePostgres(For(name)))
        {
            await db.Database.MigrateAsync();
            Assert.Null(await db.Dialect.WhyNoRowSecurity(db, raise: true, default));
        }

        NpgsqlConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run(Admin, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        return name;
    }

    private static string For(string database) => new NpgsqlConnectionStringBuilder(Admin) { Database = database, MaxPoolSize = 60 }.ConnectionString;

    private static async Task Run(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made right here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Database(string name) : TestDatabase
    {
        public override string ConnectionString => For(name);

        public override string Provider => "Postgres";

        public override OpsDb CreateDbContext() => PostgresSetup.CreatePostgres(ConnectionString, Wall);

        public override async ValueTask DisposeAsync()
        {
            await using (var db = CreateDbContext())
            {
                NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
            }

            await Run(Admin, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }
}
