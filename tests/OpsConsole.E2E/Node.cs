using System.Net;
using System.Net.Http.Headers;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E;

/// <summary>One console as a process, on a free port. It can be killed and started again on the same database and port.</summary>
public sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(3);

    private readonly string _log;
    private readonly string _program;
    private readonly Dictionary<string, string> _environment;
    private ChildProcess? _process;

    internal Node(string name, string key, IEnumerable<KeyValuePair<string, string>> environment, string? program = null)
    {
        Url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        Key = key;
        _log = Path.Combine(Checkout.Artifacts("stages"), $"{name}.log");
        _program = program ?? Checkout.Program("OpsConsole.Web");
        _environment = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = Url.GetLeftPart(UriPartial.Authority) };
        Api = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(100) };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Url { get; }

    /// <summary>The bootstrap source's key: every scope, every unit.</summary>
    public string Key { get; }

    /// <summary>Speaks as the bootstrap source.</summary>
    public HttpClient Api { get; }

    /// <summary>The process's memory as the system counts it, in bytes.</summary>
    public long Memory => _process!.WorkingSet;

    public int ProcessId => _process!.Id;

    /// <summary>What it said last, for the message of a failure.</summary>
    public string Tail() => _process?.Tail() ?? "";

    /// <summary><c>kill -9</c>.</summary>
    public Task Kill() => _process!.Kill();

    /// <summary><c>kill -TERM</c>; true when it ended by itself within <paramref name="patience"/>.</summary>
    public Task<bool> Stop(TimeSpan patience) => _process!.Stop(patience);

    /// <summary>Starts it, also again after <see cref="Kill"/> or <see cref="Stop"/>, and waits until it is ready.</summary>
    public async Task Start()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _process = ChildProcess.StartProgram("dotnet", [_program], Path.GetDirectoryName(_program)!, _log, _environment);
        await Eventually.Is(
            () => Answers(_process, new Uri(Url, "/readyz")), "the console is ready", s_startPatience, () => Task.FromResult(_process.Tail()));
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>True when the process says that it is ready.</summary>
    public async Task<bool> IsReady() => !_process!.HasEnded && await Answers(_process, new Uri(Url, "/readyz"));

    internal async Task<bool> Answers(ChildProcess process, Uri url)
    {
        if (process.HasEnded)
        {
            throw new InvalidOperationException($"It ended instead of starting.\n{process.Tail()}");
        }

        try
        {
            using var answer = await Api.GetAsync(url);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
