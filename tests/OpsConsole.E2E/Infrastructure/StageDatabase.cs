using Npgsql;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>A new database on the server that OPSCONSOLE_TEST_POSTGRES names, dropped at the end.</summary>
internal sealed class StageDatabase : IAsyncDisposable
{
    public const string Variable = "OPSCONSOLE_TEST_POSTGRES";

    // The schema is made once a run and copied from there: forty stages need not each take every migration.
    private static readonly Lazy<Task<StageDatabase>> s_template = new(Template);

    private readonly string _server;

    private StageDatabase(string server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <param name="server">A server of the test's own, where the console makes the schema itself; nothing: the one named, with the schema in place.</param>
    public static async Task<StageDatabase> Create(string? server = null)
    {
        var template = server is null ? await s_template.Value : null;
        return await Create(server ?? Named(), template is null ? "" : $" TEMPLATE {template.Name}");
    }

    public async ValueTask DisposeAsync() => await OnServer($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private static string Named() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException($"{Variable} must name a PostgreSQL server where databases may be made; deploy/dev/test starts one and sets it.");

    private static async Task<StageDatabase> Template()
    {
        var template = await Create(Named(), "");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var program = Checkout.Program("OpsConsole.Web");
        await using var migrating = ChildProcess.StartProgram(
            "dotnet", [program, "migrate"], Path.GetDirectoryName(program)!, Path.Combine(Checkout.Artifacts("stages"), $"{template.Name}.log"),
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ConnectionStrings__OpsConsole"] = template.ConnectionString, ["Database__Provider"] = "Postgres" });
        await Eventually.Is(() => Task.FromResult(migrating.HasEnded), "the schema is made", TimeSpan.FromMinutes(3), () => Task.FromResult(migrating.Tail()));
        await Eventually.Is(template.IsLeftAlone, "nobody is connected to the template");
        return template;
    }

    private static async Task<StageDatabase> Create(string server, string how)
    {
        var database = new StageDatabase(server, $"stage_{Guid.NewGuid():n}");
        await database.OnServer($"CREATE DATABASE {database.Name}{how}");
        return database;
    }

    private async Task<bool> IsLeftAlone() => await OnServer($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Name}'") is 0L;

    private async Task<object?> OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made above, of hexadecimal digits.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
