using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpsConsole.Postgres;

namespace OpsConsole.Tests.Storage;

/// <summary>The index over parts of names wants an extension that a customer's server may not permit.</summary>
public class NameSearchTests
{
    private const string Index = """SELECT to_regclass('"IX_cases_label_trigrams"') IS NOT NULL""";

    [Fact]
    public async Task Where_the_extension_is_at_hand_the_migration_makes_the_index()
    {
        await using var database = await OnPostgres.Start();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        Assert.Equal(await Ask(connection, "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')"), await Ask(connection, Index));
    }

    [Fact]
    public async Task Where_it_is_not_permitted_everything_else_is_migrated()
    {
        var address = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(OnPostgres.Variable)) { Pooling = false };
        var name = $"ops_guest_{Guid.NewGuid():n}";
        await Run(address, $"CREATE ROLE {name} LOGIN PASSWORD '{name}'", $"CREATE DATABASE {name}");
        try
        {
            var here = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Database = name };
            await Run(here, $"GRANT ALL ON SCHEMA public TO {name}");
            var guest = new NpgsqlConnectionStringBuilder(here.ConnectionString) { Username = name, Password = name };
            await using (var db = PostgresSetup.CreatePostgres(guest.ConnectionString))
            {
                await db.Database.MigrateAsync();
                Assert.Empty(await db.Database.GetPendingMigrationsAsync());
            }

            await using var connection = new NpgsqlConnection(here.ConnectionString);
            await connection.OpenAsync();
            Assert.Equal(false, await Ask(connection, Index));
        }
        finally
        {
            await Run(address, $"DROP DATABASE {name} WITH (FORCE)", $"DROP ROLE {name}");
        }
    }

    private static async Task<object?> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written right here.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static async Task Run(NpgsqlConnectionStringBuilder address, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await Ask(connection, statement);
        }
    }
}
