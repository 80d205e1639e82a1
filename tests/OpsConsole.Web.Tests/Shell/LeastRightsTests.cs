using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests.Shell;

/// <summary>A console whose database was migrated by one user and is served by another, each with the rights that deploy/sql gives them.</summary>
public sealed class LeastConsole : LiveConsole
{
    // Roles belong to the whole server: each run has its own, whatever else runs there.
    private readonly string _mark = $"least_{Guid.NewGuid():n}"[..16];

    /// <summary>Connects as one who only reads.</summary>
    public string Reader { get; private set; } = "";

    /// <summary>Connects as the console does.</summary>
    public string Runner { get; private set; } = "";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Database__MigrateOnStart"] = "false", ["Database__RowSecurity"] = "Required" };

    protected override async Task<NpgsqlConnectionStringBuilder> Prepare(NpgsqlConnectionStringBuilder database)
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Root(), "deploy/sql/postgres.sql"))).Replace("opsconsole_", $"{_mark}_", StringComparison.Ordinal);
        await Run(script, database.ConnectionString);
        foreach (var role in new[] { "migrate", "run", "read" })
        {
            await Run($"CREATE ROLE {_mark}_u_{role} LOGIN PASSWORD 'p-{_mark}' IN ROLE {_mark}_{role}; ALTER ROLE {_mark}_u_{role} SET ROLE {_mark}_{role};", database.ConnectionString);
        }

        await Migrate(As(database, "migrate"));
        await Run(script, database.ConnectionString);
        var rows = (await File.ReadAllTextAsync(Path.Combine(Root(), "deploy/sql/postgres-rows.sql"))).Replace("opsconsole_run", $"{_mark}_run", StringComparison.Ordinal);
        await Run($"{rows} ALTER ROLE {_mark}_u_run BYPASSRLS; GRANT opsconsole_limited_both TO {_mark}_u_run;", database.ConnectionString);
        (Reader, Runner) = (As(database, "read").ConnectionString, As(database, "run").ConnectionString);
        return As(database, "run");
    }

    protected override Task Leave() => Run(string.Join(' ', new[] { "migrate", "run", "read" }.Select(role => $"DROP ROLE {_mark}_u_{role};").Concat(new[] { "migrate", "run", "read" }.Select(role => $"DROP ROLE {_mark}_{role};"))));

    private NpgsqlConnectionStringBuilder As(NpgsqlConnectionStringBuilder database, string role) =>
        new(database.ConnectionString) { Username = $"{_mark}_u_{role}", Password = $"p-{_mark}" };

    private static async Task Migrate(NpgsqlConnectionStringBuilder database)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), "migrate"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Program()) };
        start.Environment["ConnectionStrings__OpsConsole"] = database.ConnectionString;
        start.Environment["Database__Provider"] = "Postgres";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{said}\n{await errors}");
    }
}

/// <summary>The console needs no more of its database than deploy/sql gives.</summary>
public sealed class LeastRightsTests(LeastConsole console) : IClassFixture<LeastConsole>
{
    [Fact]
    public async Task Everything_works_with_the_rights_of_running_alone()
    {
        using var events = new StringContent(
            """[{"specversion":"1.0","id":"l-1","source":"/least","type":"opsconsole.sync.v1","time":"2026-11-20T08:00:00Z","data":{"entity":{"type":"invoice","id":"L-1"},"system":"netsuite","operation":"create","outcome":"failed","businessUnit":"EMEA","amount":"10.00","currency":"EUR","error":{"code":"TAX_PROFILE_MISSING"},"payload":{"tranId":"L-1"}}}]""",
            null, "application/cloudevents-batch+json");
        using var taken = await console.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), events);
        using var span = new StringContent(
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","name":"post","startTimeUnixNano":"1763625600000000000","endTimeUnixNano":"1763625601000000000","attributes":[{"key":"biz.invoice.id","value":{"stringValue":"L-1"}}]}]}]}]}""",
            null, "application/json");
        using var traced = await console.Http.PostAsync(new Uri("/v1/traces", UriKind.Relative), span);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (taken.StatusCode, traced.StatusCode));
        await console.Eventually("/api/v1/exceptions?q=L-1", found => found["total"]!.GetValue<int>() == 1);
        await console.Eventually("/api/v1/traces?q=L-1", found => found["items"]!.AsArray().Count == 1);
        using var claimed = await console.Http.PostAsync(new Uri("/api/v1/sources", UriKind.Relative), new StringContent("""{"name":"least","scopes":["events"]}""", null, "application/json"));
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        await using (var db = new NpgsqlConnection(console.Runner))
        {
            await db.OpenAsync();
            await using var days = new NpgsqlCommand("SELECT count(*) FROM pg_inherits WHERE inhparent = 'spans'::regclass", db);
            Assert.True((long)(await days.ExecuteScalarAsync())! > 1, "The days of spans are made by the console itself.");
        }

        Assert.DoesNotContain(console.Said, line => line.Contains("permission denied", StringComparison.Ordinal) || line.Contains("must be owner", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_one_unit_is_held_to_it_by_the_database_whoever_used_the_connection_before()
    {
        using var events = new StringContent($"[{Failure("R-1", "EMEA")},{Failure("R-2", "APAC")}]", null, "application/cloudevents-batch+json");
        using var taken = await console.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), events);
        await console.Eventually("/api/v1/exceptions?q=R-", found => found["total"]!.GetValue<int>() == 2);
        using var made = await console.Http.PostAsJsonAsync("/api/v1/sources", new { name = "emea", scopes = new[] { "api" }, units = new[] { "EMEA" } });
        using var keyed = await console.Http.PostAsJsonAsync($"/api/v1/sources/{await made.Content.ReadFromJsonAsync<Guid>()}/keys", new { });
        var key = JsonNode.Parse(await keyed.Content.ReadAsStringAsync())!["key"]!.GetValue<string>();
        using var limited = new HttpClient { BaseAddress = new Uri(console.Url) };
        limited.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal(1, JsonNode.Parse(await limited.GetStringAsync(new Uri("/api/v1/exceptions?q=R-", UriKind.Relative)))!["total"]!.GetValue<int>());
            Assert.Equal(2, (await console.Get("/api/v1/exceptions?q=R-"))["total"]!.GetValue<int>());
        }

        Assert.Contains(console.Said, line => line.Contains("withholds the rows of other units", StringComparison.Ordinal));
        await using var db = new NpgsqlConnection(console.Runner);
        await db.OpenAsync();
        await using var seen = new NpgsqlCommand("SELECT set_config('opsconsole.units', 'EMEA', false), set_config('role', 'opsconsole_limited', false); SELECT count(*) FROM cases WHERE \"ObjectId\" LIKE 'R-%'", db);
        await using var reader = await seen.ExecuteReaderAsync();
        await reader.NextResultAsync();
        Assert.True(await reader.ReadAsync() && reader.GetInt64(0) == 1, "The role alone sees one of them.");
    }

    private static string Failure(string id, string unit) => $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"/least","type":"opsconsole.sync.v1","time":"2026-11-20T08:00:00Z","data":{"entity":{"type":"invoice","id":"{{{id}}}"},"system":"netsuite",
        "operation":"create","outcome":"failed","businessUnit":"{{{unit}}}","amount":"10.00","currency":"EUR","error":{"code":"TAX_PROFILE_MISSING"}} }
        """;

    [Theory]
    [InlineData("UPDATE audit SET \"Detail\" = ''")]
    [InlineData("DELETE FROM audit")]
    [InlineData("DELETE FROM audit_seals")]
    [InlineData("TRUNCATE audit")]
    [InlineData("DROP TABLE cases")]
    [InlineData("ALTER TABLE audit DISABLE TRIGGER ALL")]
    [InlineData("ALTER TABLE people ADD COLUMN x int")]
    [InlineData("CREATE ROLE intruder")]
    public async Task Who_runs_the_console_cannot_rewrite_the_audit_or_change_the_schema(string sql) => await Refused(console.Runner, sql);

    [Theory]
    [InlineData("SELECT * FROM people")]
    [InlineData("SELECT * FROM protection_keys")]
    [InlineData("SELECT * FROM source_keys")]
    [InlineData("SELECT * FROM payload_versions")]
    [InlineData("SELECT \"HookSecret\" FROM sources")]
    [InlineData("SELECT * FROM targets")]
    [InlineData("INSERT INTO rates DEFAULT VALUES")]
    [InlineData("DELETE FROM cases")]
    public async Task Who_reads_for_reports_sees_no_secret_and_writes_nothing(string sql) => await Refused(console.Reader, sql);

    [Fact]
    public async Task Who_reads_for_reports_reads_exceptions()
    {
        await using var db = new NpgsqlConnection(console.Reader);
        await db.OpenAsync();
        await using var read = new NpgsqlCommand("SELECT count(*) FROM cases; SELECT \"Name\" FROM sources", db);

        Assert.NotNull(await read.ExecuteScalarAsync());
    }

    private static async Task Refused(string connection, string sql)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync();
#pragma warning disable CA2100 // Sentences made right here.
        await using var tried = new NpgsqlCommand(sql, db);
#pragma warning restore CA2100
        var refused = await Assert.ThrowsAsync<PostgresException>(() => tried.ExecuteNonQueryAsync());

        Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege, refused.Message);
    }
}
