using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Promises;

namespace OpsConsole.E2E.Journeys;

public class Executive_reads_a_published_log
{
    private static readonly TimeSpan s_foldPatience = TimeSpan.FromMinutes(5);

    /// <summary>The order-management log ran from May 2019 to August 2020: the board over these months says what its facts say, by the nearest rank.</summary>
    [PublishedLogFact]
    public async Task The_board_over_its_months_says_how_long_from_placed_to_paid()
    {
        var log = await PublishedLog.Read();
        await using var stage = await Stage.Start(new StageSettings
        {
            Environment = new Dictionary<string, string> { ["Kpis__Flow"] = "orders", ["Kpis__LagFrom"] = "placed", ["Kpis__LagTo"] = "paid" },
        });
        await stage.PutFlow(log.Flow);
        await stage.Post(log.Events);
        await Eventually.Equal(async () => log.Differences(await stage.Get("/api/v1/stats?flow=orders")), "the statistics are the published facts", s_foldPatience);

        await using var browser = await Browser.Open();
        var clara = await browser.WindowOf(stage, People.Executive, "/board?period=2019-05..2020-08");

        var lag = clara.Locator(".bpane", new() { Has = clara.Locator("svg.chart") }).Filter(new() { HasText = "Invoice sync lag" });
        await lag.WaitForAsync();
        var said = await lag.InnerTextAsync();
        var fact = log.Facts["lags"]![0]!;
        Assert.Contains($"{(int)fact["count"]!:N0} invoiced", said, StringComparison.Ordinal);
        Assert.Contains($"p50 {Whole((double)fact["p50s"]!)}", said, StringComparison.Ordinal);
        Assert.Contains($"p95 {Whole((double)fact["p95s"]!)}", said, StringComparison.Ordinal);
        await clara.Picture("board-published-log");
    }

    // Days, and below ten of them their hours.
    private static string Whole(double seconds) =>
        TimeSpan.FromSeconds(seconds) is var span && span.Days >= 10 ? $"{span.Days}d" : $"{span.Days}d {span.Hours}h";
}
