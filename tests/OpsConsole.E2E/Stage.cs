using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E;

/// <summary>What a test may ask of its stage; the defaults are a console alone, as <c>deploy/dev/run</c> starts it.</summary>
public sealed record StageSettings
{
    /// <summary>Also starts the simulated company, which then sends by itself.</summary>
    public bool WithCompany { get; init; }

    /// <summary>Settings of the console and of the company, by their environment names.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>An admin connection string; nothing: the server that OPSCONSOLE_TEST_POSTGRES names.</summary>
    public string? Server { get; init; }

    /// <summary>Another build of the console for the first one; nothing: this checkout's.</summary>
    public string? Program { get; init; }
}

/// <summary>
/// The product as it is delivered: the console, and the company if wanted, as processes of their own on a new database and a free
/// port, never inside the test. It can be killed and started again on the same database and port.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    public const string Password = "Ops-stage-words-4711";
    public const string AdministratorEmail = "admin@stage.example";

    private static readonly string[] s_companyPaths = ["erp/customers", "erp/orders", "erp/projects", "erp/invoices", "erp/payments", "billing/accounts"];
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(3);

    private readonly StageSettings _settings;
    private readonly StageDatabase _database;
    private readonly string _log;
    private readonly List<Node> _nodes = [];
    private ChildProcess? _company;

    private Stage(StageSettings settings, StageDatabase database)
    {
        _settings = settings;
        _database = database;
        _log = Path.Combine(Checkout.Artifacts("stages"), $"{database.Name}.log");
        CompanyUrl = new Uri($"http://127.0.0.1:{Ports.Free()}");
        Console = NewNode(settings.Program);
    }

    /// <summary>The first console.</summary>
    public Node Console { get; }

    public Uri Url => Console.Url;

    /// <summary>Where the simulated company listens, if it was asked for.</summary>
    public Uri CompanyUrl { get; }

    /// <summary>The bootstrap source's key: every scope, every unit.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Speaks as the bootstrap source.</summary>
    public HttpClient Api => Console.Api;

    /// <summary>For the rare question that only the database can answer.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>The console's process, for what the system counts of it.</summary>
    public int ConsoleProcess => Console.ProcessId;

    /// <summary>The console's memory, in bytes.</summary>
    public long Memory => Console.Memory;

    public static async Task<Stage> Start(StageSettings? settings = null)
    {
        var stage = new Stage(settings ?? new StageSettings(), await StageDatabase.Create(settings?.Server));
        try
        {
            await stage.StartConsole();
            if (stage._settings.WithCompany)
            {
                await stage.StartCompany();
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary><c>kill -9</c> of the console.</summary>
    public Task Kill() => Console.Kill();

    /// <summary><c>kill -TERM</c> of the console; true when it ended by itself within <paramref name="patience"/>.</summary>
    public Task<bool> Stop(TimeSpan patience) => Console.Stop(patience);

    /// <summary>Starts the console again after <see cref="Kill"/> or <see cref="Stop"/>, and waits until it is ready.</summary>
    public Task StartConsole() => Console.Start();

    /// <summary>One more console on a port of its own, on the same database unless its settings say otherwise.</summary>
    public async Task<Node> StartAnother(IReadOnlyDictionary<string, string>? environment = null)
    {
        var another = NewNode(null, environment);
        await another.Start();
        return another;
    }

    public async ValueTask DisposeAsync()
    {
        if (_company is not null)
        {
            await _company.DisposeAsync();
        }

        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    /// <summary>What the console said last, for the message of a failure.</summary>
    public string ConsoleTail() => Console.Tail();

    private Node NewNode(string? program, IReadOnlyDictionary<string, string>? environment = null)
    {
        var settings = ConsoleEnvironment();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        var node = new Node($"{_database.Name}{(_nodes.Count == 0 ? "" : $"-{_nodes.Count + 1}")}", Key, settings, program);
        _nodes.Add(node);
        return node;
    }

    private async Task StartCompany()
    {
        var environment = new Dictionary<string, string>(_settings.Environment)
        {
            ["ASPNETCORE_URLS"] = Address(CompanyUrl),
            ["Simulator__ConsoleUrl"] = Address(Url),
            ["Simulator__ConsoleKey"] = Key,
            ["Simulator__StateFolder"] = Path.ChangeExtension(_log, ".company"),
        };
        _company = ChildProcess.Start("OpsConsole.Simulator", Path.ChangeExtension(_log, ".company.log"), environment);
        await Eventually.Is(
            () => Console.Answers(_company, new Uri(CompanyUrl, "/status")), "the company answers", s_startPatience, () => Task.FromResult(_company.Tail()));
    }

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private Dictionary<string, string> ConsoleEnvironment()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__OpsConsole"] = _database.ConnectionString,
            ["Database__Provider"] = "Postgres",
            ["Database__MigrateOnStart"] = "true",
            ["OPSCONSOLE_BOOTSTRAP_KEY"] = Key,
            ["Shutdown__Notice"] = "00:00:00",
            ["OPSCONSOLE_ADMIN_EMAIL"] = AdministratorEmail,
            ["OPSCONSOLE_ADMIN_PASSWORD"] = Password,
            ["OPSCONSOLE_DEMO_PASSWORD"] = Password,
        };
        foreach (var (name, value) in (_settings.WithCompany ? ReplayTargets() : []).Concat(_settings.Environment))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The company's ERP and billing take repaired messages, and can be asked what they hold.</summary>
    private IEnumerable<KeyValuePair<string, string>> ReplayTargets()
    {
        foreach (var path in s_companyPaths)
        {
            var target = $"Targets__{path.Replace('/', '-')}";
            yield return new($"{target}__Url", $"{Address(CompanyUrl)}/{path}");
            yield return new($"{target}__ReadBackUrl", $"{Address(CompanyUrl)}/{path}/{{id}}");
        }
    }
}
