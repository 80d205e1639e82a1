using Npgsql;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A new database on the server that OPSCONSOLE_TEST_POSTGRES names, dropped at the end.</summary>
internal sealed class StageDatabase : IAsyncDisposable
{
    public const string Variable = "OPSCONSOLE_TEST_POSTGRES";

    private readonly string _server;

    private StageDatabase(string server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<StageDatabase> Create(string? server = null)
    {
        server ??= Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
        {
            throw new InvalidOperationException($"{Variable} must name a PostgreSQL server where databases may be made; deploy/dev/test starts one and sets it.");
        }

        var database = new StageDatabase(server, $"stage_{Guid.NewGuid():n}");
        await database.OnServer($"CREATE DATABASE {database.Name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await OnServer($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made above, of hexadecimal digits.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
