using OpsConsole.Simulator.Billing;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Control;
using OpsConsole.Simulator.Erp;
using OpsConsole.Simulator.Middleware;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Conduct;

/// <summary>What the conductor needs of the company, and the two things it waits for at the start: its own server and the console.</summary>
internal sealed record CompanyParts(
    SimulatorOptions Options, TimeProvider Time, IHostApplicationLifetime Lifetime, OwnAddress Address, DealMaker Maker, DealPace Pace,
    MasterData MasterData, ErpSystem Erp, BillingSystem Billing, Shelves Shelves, Switches Switches)
{
    public async Task Started(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var begun = Lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    public async Task<bool> ConsoleReady(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var until = Time.GetUtcNow() + TimeSpan.FromSeconds(Options.WaitForConsoleSeconds);
        do
        {
            if (await Answers(http, cancellationToken))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), Time, cancellationToken);
        }
        while (Time.GetUtcNow() < until);

        return false;
    }

    public void ForgetRecords()
    {
        Erp.Ledger.Clear();
        Billing.Ledger.Clear();
        MasterData.Seed();
    }

    private async Task<bool> Answers(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Options.ConsoleUrl, "/readyz"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
