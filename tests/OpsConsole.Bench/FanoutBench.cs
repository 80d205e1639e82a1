using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Journeys;

namespace OpsConsole.Bench;

/// <summary>
/// Many stewards look at one worklist, somebody claims an exception: from the answer to that claim until each of their pages has drawn it.
/// The pages are real circuits that answer as a browser does, on the same machine as the console and its database.
/// </summary>
internal static class FanoutBench
{
    private const int Exceptions = 12;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly Figure s_goal = new(1000, "ms");

    public static async Task<int> Run(int pages)
    {
        var board = new Scoreboard(quick: false);
        await using var stage = await Stage.Start(Company.Quiet);
        for (var i = 0; i < Exceptions; i++)
        {
            await stage.RefuseInvoice("EMEA", 4_000m + i);
        }

        var ids = await Ids(stage);
        var cookie = await CircuitClient.SignIn(stage.Url, People.Steward, Stage.Password);
        var circuits = await Task.WhenAll(Enumerable.Range(0, pages).Select(_ => CircuitClient.Open(stage.Url, cookie, "/worklist")));
        try
        {
            await Task.WhenAll(circuits.Select(page => page.Shown("Tax profile missing")));
            var times = new List<double>();
            foreach (var (id, round) in ids.Select((id, round) => (id, round)))
            {
                var seen = await Round(stage, circuits, id);

                // The first two warm everything up: a console that has just started compiles what it runs.
                times.AddRange(round < 2 ? [] : seen);
                await Task.Delay(TimeSpan.FromSeconds(2));
            }

            Scoreboard.Head();
            Scoreboard.Tell($"a claim on {pages} worklists, {ids.Count - 2} rounds: p50 / p99", new Figure(times.Percentile(0.5), "ms").ToString(), new Figure(times.Percentile(0.99), "ms").ToString());
            board.AtMost($"a claim on {pages} worklists: p95", new Figure(times.Percentile(0.95), "ms"), s_goal, 1);
            Scoreboard.Tell("memory of the console", string.Create(CultureInfo.InvariantCulture, $"{stage.Memory >> 20} MiB"));
            return board.Short.Count == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var page in circuits)
            {
                await page.DisposeAsync();
            }
        }
    }

    private static async Task<double[]> Round(Stage stage, CircuitClient[] pages, string id)
    {
        var told = pages.Select(page => page.Sees("Claimed")).ToList();
        using var answer = await stage.Api.PostAsJsonAsync($"/api/v1/exceptions/{id}/claim", new { reason = "to be seen" });
        answer.EnsureSuccessStatusCode();
        var since = Stopwatch.GetTimestamp();
        return await Task.WhenAll(told.Select(async page =>
        {
            await page.WaitAsync(s_patience);
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }));
    }

    private static async Task<IReadOnlyList<string>> Ids(Stage stage)
    {
        IReadOnlyList<string> ids = [];
        await Eventually.Is(
            async () =>
            {
                var answer = await stage.Console.Get("/api/v1/exceptions?state=open&take=50");
                ids = [.. answer["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
                return ids.Count >= Exceptions;
            },
            "the exceptions are there");
        return ids;
    }
}
