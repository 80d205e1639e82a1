using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;
using Xunit.Abstractions;

namespace OpsConsole.E2E.Journeys;

[Collection(Measured.Name)]
public class Support_reads_a_long_trace(ITestOutputHelper output)
{
    private const string Long = "5000000000000000000000000000a001";
    private const string Failing = "5000000000000000000000000000a002";
    private const string Healthy = "5000000000000000000000000000a003";
    private const int Batches = 500;
    private const int Lines = 99;
    private const int MostRowsInThePage = 150;
    private const int Frames = 240;
    private const int PixelsAFrame = 400;
    private const int Rounds = 3;

    private static readonly AxeRunOptions s_rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    // Of the frames that a plain list of the same browser draws while it is scrolled as fast.
    private const double LeastShare = 0.5;

    // Scrolls a list so many pixels a frame; the gaps between the frames, and last the most rows that were in the page.
    private const string Scroll = """
        async ([frames, pixels]) => {
          const list = document.querySelector('.wf'), gaps = [];
          list.scrollTop = 0;
          let most = 0, last = await new Promise(requestAnimationFrame);
          for (let i = 0; i < frames; i++) {
            list.scrollTop += pixels;
            const now = await new Promise(requestAnimationFrame);
            gaps.push(now - last);
            last = now;
            most = Math.max(most, list.querySelectorAll('.rows > .r').length);
          }
          return [...gaps, most];
        }
        """;

    [Fact]
    public async Task Fifty_thousand_spans_scroll_like_a_plain_list_and_the_keys_lead_through_them()
    {
        await using var stage = await Stage.Start();
        await stage.SendTrace(Long, DateTimeOffset.UtcNow.AddHours(-1), [.. LongTrace()]);
        await using var browser = await Browser.Open();
        var daniel = await browser.WindowOf(stage, People.Support, $"/traces/{Long}");
        await daniel.Locator(".wf .r.on.er0").WaitForAsync();
        await daniel.GetByRole(AriaRole.Button, new() { Name = "All spans" }).ClickAsync();
        await daniel.Locator($".wf[aria-rowcount='{(Batches * (Lines + 1)) + 2}']").WaitForAsync();

        await Measure(daniel, await PlainList(browser, stage));

        await daniel.EvaluateAsync("() => { const list = document.querySelector('.wf'); list.scrollTop = list.scrollHeight; }");
        await Assertions.Expect(daniel.Locator(".wf .rows > .r").Last).ToContainTextAsync($"line {Batches - 1}-{Lines - 2}");
        await Keys(daniel);
    }

    [Fact]
    public async Task A_failing_trace_is_set_beside_a_healthy_one_that_is_picked_by_itself()
    {
        await using var stage = await Stage.Start();
        var start = DateTimeOffset.UtcNow.AddHours(-1);
        await stage.SendTrace(Healthy, start.AddMinutes(-9), Invoice(error: null, "v7"));
        await stage.SendTrace(Failing, start, Invoice(error: "TAX_PROFILE_MISSING", "v6"));
        await using var browser = await Browser.Open();
        var daniel = await browser.WindowOf(stage, People.Support, $"/traces/{Failing}");
        await daniel.Locator(".wf .r.on.er0").WaitForAsync();
        await Assertions.Expect(daniel.Locator(".wf .gapr")).ToContainTextAsync("Waited in queue erp.invoices");
        await daniel.Picture("trace-gap");
        Assert.Empty(await Faults(daniel));

        await daniel.Keyboard.PressAsync("v");
        await daniel.WaitForURLAsync($"**/traces/{Failing}/twin");
        var steps = daniel.Locator("table.t.twin");
        await Assertions.Expect(steps.Locator("tr").Filter(new() { HasText = "create invoice" })).ToContainTextAsync("fails only here");
        await Assertions.Expect(daniel.Locator("aside table.twin tr").Filter(new() { HasText = "contract" })).ToContainTextAsync("v7");
        await Assertions.Expect(daniel.Locator("aside td.differs").Filter(new() { HasText = "v6" })).ToHaveCountAsync(1);
        await daniel.Picture("trace-twin");
        Assert.Empty(await Faults(daniel));
    }

    private static async Task<IEnumerable<string>> Faults(IPage page) =>
        from fault in (await page.RunAxe(s_rules)).Violations from node in fault.Nodes select $"{fault.Id} at {node.Target}: {node.Html}";

    private async Task Measure(IPage ours, IPage plain)
    {
        var best = 0.0;
        for (var round = 1; round <= Rounds; round++)
        {
            var (peer, _) = await Scrolled(plain);
            var (frames, rows) = await Scrolled(ours);
            best = Math.Max(best, peer.Sum() / frames.Sum());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {peer.Sum() / frames.Sum():0.00} of the frames of a plain list, {rows} rows in the page at most"));
            Assert.InRange(rows, 1, MostRowsInThePage);
        }

        Assert.True(best >= LeastShare, string.Create(CultureInfo.InvariantCulture, $"at best {best:0.00} of the frames of a plain list"));
    }

    private static async Task Keys(IPage daniel)
    {
        var chosen = daniel.Locator(".wf .r.on");
        await daniel.Keyboard.PressAsync("Escape");
        await Assertions.Expect(daniel.Locator(".gaps")).ToContainTextAsync("Queue wait");
        foreach (var error in new[] { "line 7-30", "line 200-30", "line 450-30", "line 7-30" })
        {
            await daniel.Keyboard.PressAsync("e");
            await Assertions.Expect(chosen).ToContainTextAsync(error);
            await Assertions.Expect(chosen).ToBeInViewportAsync();
            await Assertions.Expect(daniel.Locator("aside[aria-label=Span]")).ToContainTextAsync("REFUSED");
        }

        // Of a long trace a span's attributes are read when somebody opens it.
        await daniel.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex("^Attributes") }).ClickAsync();
        await Assertions.Expect(daniel.Locator("aside[aria-label=Span]")).ToContainTextAsync("order.line");

        await daniel.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(chosen).ToContainTextAsync("batch 7");
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-expanded", "true");
        await daniel.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(chosen).ToHaveAttributeAsync("aria-expanded", "false");
        await daniel.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(chosen).ToContainTextAsync("batch 8");
        await daniel.GetByRole(AriaRole.Button, new() { Name = "Fold all", Exact = true }).ClickAsync();
        await Assertions.Expect(daniel.Locator(".pager")).ToContainTextAsync("1 row shown");
        await daniel.GetByLabel("Depth").SelectOptionAsync("2");
        await Assertions.Expect(daniel.Locator(".pager")).ToContainTextAsync($"{Batches + 1} rows shown");
    }

    private static async Task<(double[] Gaps, int MostRows)> Scrolled(IPage page)
    {
        await page.BringToFrontAsync();
        var told = await page.EvaluateAsync<double[]>(Scroll, new object[] { Frames, PixelsAFrame });
        return (told[..^1], (int)told[^1]);
    }

    // The peer: nothing but text, all of it in the page, and nobody who answers.
    private static async Task<IPage> PlainList(Browser browser, Stage stage)
    {
        var page = await browser.Window(stage);
        var rows = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<div class='r' style='height:25px'>line {i}</div>"));
        await page.SetContentAsync($"<div class='wf' style='height:500px;overflow:auto'><div class='rows'>{rows}</div></div>");
        return page;
    }

    // One order of 500 batches; three of its lines are refused, and the last batch lay in a queue for five seconds.
    private static IEnumerable<SampleSpan> LongTrace()
    {
        const int batchTime = 200_000;
        const int waited = 5_000_000;
        yield return new SampleSpan(1, 0, "order-router", "sync order", 0, (Batches - 1) * batchTime) { Kind = 2 };
        for (var batch = 0; batch < Batches; batch++)
        {
            var last = batch == Batches - 1;
            var (id, start) = (1_000 * (batch + 1), (batch * (long)batchTime) + (last ? waited : 0));
            yield return new SampleSpan(id, 1, "erp-adapter", $"batch {batch}", start, start + 190_000)
            {
                Kind = last ? 5 : 1,
                Attributes = last ? new Dictionary<string, string> { ["messaging.destination.name"] = "erp.orders" } : new Dictionary<string, string>(),
            };
            for (var line = 0; line < (last ? Lines - 1 : Lines); line++)
            {
                yield return new SampleSpan(id + line + 1, id, line % 3 == 0 ? "billing" : "erp-adapter", $"line {batch}-{line}", start + (line * 1_900), start + (line * 1_900) + 1_500)
                {
                    Error = line == 30 && batch is 7 or 200 or 450 ? "REFUSED" : null,
                    Attributes = new Dictionary<string, string> { ["order.line"] = $"{line}" },
                };
            }
        }
    }

    private static SampleSpan[] Invoice(string? error, string contract) =>
    [
        new SampleSpan(1, 0, "invoice-router", "POST /invoices/sync", 0, 900_000) { Kind = 2 },
        new SampleSpan(2, 1, "invoice-router", "map to ERP invoice", 100_000, 400_000) { Attributes = new Dictionary<string, string> { ["contract"] = contract } },
        new SampleSpan(3, 1, "invoice-router", "publish erp.invoices", 800_000, 850_000) { Kind = 4 },
        new SampleSpan(4, 3, "erp-adapter", "consume erp.invoices", 2_850_000, 4_000_000) { Kind = 5, Attributes = new Dictionary<string, string> { ["messaging.destination.name"] = "erp.invoices" } },
        new SampleSpan(5, 4, "netsuite", "create invoice", 3_000_000, 3_900_000) { Kind = 3, Error = error, Attributes = new Dictionary<string, string> { ["tax.profile"] = error is null ? "CA-ON-HST13" : "none" } },
    ];
}
