using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Paperwork;

/// <summary>
/// Hands the company's contracts and its matrix of owners to the console, once: what is there already, because people have set it since, is
/// left alone. A console that does not take them (an old one, or a key without the scope) works without.
/// </summary>
internal sealed class Introduction(CompanyParts parts, ILogger<Introduction> log) : BackgroundService
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null })
    {
        BaseAddress = parts.Options.ConsoleUrl, Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", parts.Options.ConsoleKey) },
    };

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await parts.ConsoleReady(stoppingToken))
            {
                return;
            }

            foreach (var kind in DocumentCatalog.All)
            {
                await Hand($"/api/v1/contracts/{kind.Target}", ContractSheets.Of(kind), await Lacks($"/api/v1/contracts/{kind.Target}", stoppingToken), stoppingToken);
            }

            var cells = await _http.GetAsync("/api/v1/ownership", stoppingToken);
            var none = cells.IsSuccessStatusCode && (await cells.Content.ReadFromJsonAsync<JsonObject>(stoppingToken))?["total"]?.GetValue<long>() is 0;
            await Hand("/api/v1/ownership", OwnershipSheet.Body(), none, stoppingToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            log.PaperworkNotTaken(failure.Message);
        }
    }

    private async Task<bool> Lacks(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(path, cancellationToken);
        return answer.StatusCode is HttpStatusCode.NotFound;
    }

    private async Task Hand(string path, JsonObject body, bool lacking, CancellationToken cancellationToken)
    {
        if (!lacking)
        {
            return;
        }

        using var answer = await _http.PutAsJsonAsync(path, body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            log.PaperworkNotTaken($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
