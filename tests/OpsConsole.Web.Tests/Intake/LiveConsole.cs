using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>The real console as a process of its own, over a database of its own: what clients meet.</summary>
public partial class LiveConsole : IAsyncLifetime
{
    public const string Key = "wire-tests-key";
    public const string AdministratorEmail = "admin@wire.example";
    public const string AdministratorPassword = "Ops-wire-words-4711";

    private const string Postgres = "OPSCONSOLE_TEST_POSTGRES";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly string _database = $"ops_wire_{Guid.NewGuid():n}";
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _said = [];
    private Process? _process;

    /// <summary>With the bootstrap key in its headers.</summary>
    public HttpClient Http { get; private set; } = new();

    public string Url { get; private set; } = "";

    /// <summary>Where OTLP is answered too.</summary>
    public int OtlpPort { get; } = FreePort();

    private static string Admin => Environment.GetEnvironmentVariable(Postgres)
        ?? throw new InvalidOperationException($"{Postgres} is not set. Run the tests by deploy/dev/test, or set it to the address of a PostgreSQL 15 where databases may be created.");

    /// <summary>Settings besides those that every test's console has.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>The most memory that the console ever held, in bytes.</summary>
    public async Task<long> PeakMemory()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{_process!.Id}/status");
        var peak = status.First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(peak[1], CultureInfo.InvariantCulture) * 1024;
    }

    public async Task InitializeAsync()
    {
        await Run($"CREATE DATABASE {_database}");
        var connection = await Prepare(new NpgsqlConnectionStringBuilder(Admin) { Database = _database });
        var start = new ProcessStartInfo("dotnet", [Program()]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Program()) };
        start.Environment["ConnectionStrings__OpsConsole"] = connection.ConnectionString;
        start.Environment["Database__Provider"] = "Postgres";
        start.Environment["Database__MigrateOnStart"] = "true";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Intake__OtlpPort"] = OtlpPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["Intake__Mappings__netsuite.tranid"] = "invoice";
        start.Environment["OPSCONSOLE_BOOTSTRAP_KEY"] = Key;
        start.Environment["OPSCONSOLE_ADMIN_EMAIL"] = AdministratorEmail;
        start.Environment["OPSCONSOLE_ADMIN_PASSWORD"] = AdministratorPassword;
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await _listening.Task.WaitAsync(s_patience);
        Http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(2) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await Run($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        await Leave();
    }

    /// <summary>What it said since it was started.</summary>
    public IReadOnlyList<string> Said => [.. _said];

    /// <summary>Readies the empty database; answers how the console is to reach it.</summary>
    protected virtual Task<NpgsqlConnectionStringBuilder> Prepare(NpgsqlConnectionStringBuilder database) => Task.FromResult(database);

    /// <summary>After the database is gone.</summary>
    protected virtual Task Leave() => Task.CompletedTask;

    public async Task<JsonObject> Get(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Signs in by the form; whoever uses it disposes of it. No redirect is followed.</summary>
    /// <param name="person">Their address.</param>
    /// <param name="password">Theirs.</param>
    /// <param name="jar">The browser's cookies before and after; nothing: a new browser.</param>
    public async Task<HttpClient> SignedIn(string person, string password, System.Net.CookieContainer? jar = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar ?? new System.Net.CookieContainer() }) { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(2) };
        using var answer = await SignIn(client, person, password, "/");
        Assert.True((int)answer.StatusCode is 302 or 303, $"{person} was not let in: {(int)answer.StatusCode}");
        return client;
    }

    /// <summary>Where somebody is led who signs in at an address with this <c>returnUrl</c>.</summary>
    public async Task<string> SignInLeadsTo(string person, string password, string returnUrl)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(2) };
        using var answer = await SignIn(client, person, password, returnUrl);
        return answer.Headers.Location?.OriginalString ?? "";
    }

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, string person, string password, string returnUrl)
    {
        var address = new Uri($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative);
        var form = await client.GetStringAsync(address);
        var fields = HiddenField().Matches(form).ToDictionary(field => field.Groups["name"].Value, field => System.Net.WebUtility.HtmlDecode(field.Groups["value"].Value));
        (fields["Form.Email"], fields["Form.Password"]) = (person, password);
        return await client.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    /// <summary>Asks again until it is so, for a while: folding comes after the answer.</summary>
    public async Task Eventually(string path, Func<JsonObject, bool> holds)
    {
        var started = Stopwatch.StartNew();
        JsonObject last;
        do
        {
            last = await Get(path);
            if (holds(last))
            {
                return;
            }

            await Task.Delay(200);
        }
        while (started.Elapsed < TimeSpan.FromSeconds(60));
        Assert.Fail($"GET {path} still says {last}");
    }

    /// <summary>One of the npm clients in tests/clients, as <c>deploy/dev/test</c> installs them; its answer is one line of JSON.</summary>
    public static async Task<JsonObject> Client(string script, IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = Path.Combine(Root(), "tests", "clients");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm clients are not installed. Run deploy/dev/test, or npm ci in tests/clients.");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, script), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var client = Process.Start(start)!;
        await client.StandardInput.WriteAsync(input);
        client.StandardInput.Close();
        var errors = client.StandardError.ReadToEndAsync();
        var said = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        Assert.True(client.ExitCode == 0, $"{script} ended with {client.ExitCode}: {await errors}");
        return JsonNode.Parse(said)!.AsObject();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"The console ended:\n{string.Join('\n', _said)}"));
            return;
        }

        _said.Add(line);
        if (Listening().Match(line) is { Success: true } listening)
        {
            _listening.TrySetResult(listening.Groups["url"].Value);
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" */?>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex(@"Now listening on: (?<url>http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Listening();

    /// <summary>As it was built together with these tests.</summary>
    protected static string Program() =>
        Path.Combine(Root(), "src", "OpsConsole.Web", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "OpsConsole.Web.dll");

    protected static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));

    protected static async Task Run(string sql, string? on = null)
    {
        await using var connection = new NpgsqlConnection(on ?? Admin);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made right here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
