using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using OpsConsole.E2E;
using OpsConsole.E2E.Journeys;

namespace OpsConsole.Bench;

/// <summary>
/// From the company's failure to the steward's screen: the ERP refuses, the event travels to the console, is stored, folded, made an
/// exception, and a browser with the worklist open says that there is news.
/// </summary>
internal static class NewsBench
{
    private const int PatienceMilliseconds = 60_000;

    public static async Task<int> Run(int rounds)
    {
        await using var stage = await Stage.Start(Company.Quiet);
        await using var browser = await Browser.Open();
        var page = await browser.WindowOf(stage, People.Steward, "/worklist");

        var times = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await stage.RefuseInvoice("EMEA", 4_000m);
            await page.Locator(".banner").Filter(new() { HasText = "new" }).WaitForAsync(new() { Timeout = PatienceMilliseconds });

            // The first round warms everything up: a company and a console that have just started compile what they run.
            if (round > 0)
            {
                times.Add(watch.Elapsed.TotalSeconds);
            }

            await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).First.ClickAsync();
            await page.Locator(".banner").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        times.Sort();
        Console.WriteLine("| figure | measured | goal |\n|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| failure to worklist, median of {times.Count} | {times[(times.Count - 1) / 2]:N2} s | 2 s |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| failure to worklist, slowest | {times[^1]:N2} s | |"));
        return 0;
    }
}
