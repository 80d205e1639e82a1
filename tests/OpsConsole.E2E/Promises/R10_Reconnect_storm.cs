using System.Diagnostics;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Journeys;

namespace OpsConsole.E2E.Promises;

/// <summary>Every open page loses its connection at the same moment, and then its server: all are back soon, and follow the news again.</summary>
[Collection(Measured.Name)]
public sealed class R10_Reconnect_storm : Promise
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(Of(150, 30));
    private readonly List<CircuitClient> _pages = [];

    [Fact]
    public Task Pages_that_all_lost_their_connection_are_all_back_soon_and_live() => Keep(async () =>
    {
        await using var stage = await Stage.Start(Company.Quiet);
        var count = Of(40, 500);
        var first = await stage.RefuseInvoice("EMEA", 4_000m);
        await stage.HasCase(first);
        var cookie = await CircuitClient.SignIn(stage.Url, People.Steward, Stage.Password);
        try
        {
            await Open(stage, cookie, count, first.Id);
            await Follow(stage, "1 new");

            _pages.ForEach(page => page.Drop());
            var since = Stopwatch.StartNew();
            var back = await Task.WhenAll(_pages.Select(page => page.ComeBack()));
            var dropped = since.Elapsed;
            Assert.DoesNotContain(false, back);
            await Follow(stage, "2 new");

            await stage.Kill();
            await stage.StartConsole();
            since.Restart();
            var known = await Task.WhenAll(_pages.Select(page => page.ComeBack()));
            Assert.DoesNotContain(true, known);
            await Close();
            await Open(stage, cookie, count, first.Id);
            var restarted = since.Elapsed;
            await Follow(stage, "1 new");

            Assert.True(dropped < s_patience, $"after the connections broke the last was back after {dropped}");
            Assert.True(restarted < s_patience, $"after the restart the last was back after {restarted}");
            return $"{count} pages of {first.Id}: all back {dropped.TotalSeconds:0.0} s after their connections broke, and {restarted.TotalSeconds:0.0} s after the restarted console was ready; all followed the news again";
        }
        finally
        {
            await Close();
        }
    });

    private async Task Open(Stage stage, string cookie, int count, string shown)
    {
        // As many browsers open at once; a page counts once it shows the list.
        var opened = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => CircuitClient.Open(stage.Url, cookie, "/worklist")));
        _pages.AddRange(opened);
        await Task.WhenAll(_pages.Select(page => page.Shown(shown)));
    }

    private async Task Follow(Stage stage, string words)
    {
        var told = _pages.ConvertAll(page => page.Sees(words));
        await stage.RefuseInvoice("EMEA", 5_000m);
        await Task.WhenAll(told).WaitAsync(TimeSpan.FromMinutes(3));
    }

    private async Task Close()
    {
        foreach (var page in _pages)
        {
            await page.DisposeAsync();
        }

        _pages.Clear();
    }
}
