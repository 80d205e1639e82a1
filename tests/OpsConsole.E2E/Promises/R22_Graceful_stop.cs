using System.Diagnostics;
using System.Net;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Asked to stop under load it first says that it is not ready, commits what is in flight, and is gone in time.</summary>
[Collection(Measured.Name)]
public sealed class R22_Graceful_stop : Promise
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Asked_to_stop_under_load_it_says_so_first_commits_what_is_in_flight_and_is_gone_in_time() => Keep(async () =>
    {
        var stops = Of(2, 20);
        var slowest = TimeSpan.Zero;
        await using var stage = await Stage.Start(new StageSettings { Environment = new Dictionary<string, string> { ["Shutdown__Notice"] = "00:00:02" } });
        var history = new History();
        for (var stop = 0; stop < stops; stop++)
        {
            await using var load = new Load([stage.Console], $"stop-{stop}", history, senders: 4);
            var enough = history.Acknowledged + 500;
            await Eventually.Is(() => Task.FromResult(history.Acknowledged >= enough), "events are acknowledged");
            using var over = new CancellationTokenSource();
            var said = Task.Run(() => SaysNotReady(stage.Console, over.Token));
            var since = Stopwatch.StartNew();

            var endedByItself = await stage.Stop(s_patience);

            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
            Assert.True(endedByItself, stage.ConsoleTail());
            await over.CancelAsync();
            Assert.True(await said, "it never said that it was not ready before it stopped listening");
            await load.End();
            await stage.StartConsole();
        }

        await history.Holds(stage);
        return $"{stops} stops under load; not ready before each, ended after {slowest.TotalSeconds:0.0} s at most; {history.Acknowledged:N0} acknowledged, 0 missing";
    });

    private static async Task<bool> SaysNotReady(Node node, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var answer = await node.Api.GetAsync(new Uri("/readyz", UriKind.Relative), CancellationToken.None);
                if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                return false;
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return false;
    }
}
