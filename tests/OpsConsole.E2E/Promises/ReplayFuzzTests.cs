using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>
/// Replays to the simulated company's ERP with all that goes wrong in a day: answers that are lost after the ERP has written, buttons pressed twice, two programs that
/// work at the same exceptions, bulks over what is left, and a console that is killed. Nothing stands in the ERP twice.
/// </summary>
public sealed class ReplayFuzzTests
{
    private const double Lost = 0.15;
    private static readonly bool s_long = Environment.GetEnvironmentVariable("OPSCONSOLE_PROMISES") is "long";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(s_long ? 40 : 6);

    [Fact]
    public async Task Whatever_happens_nothing_stands_in_the_ERP_twice()
    {
        var (replays, kills) = s_long ? (5_000, 8) : (240, 1);
        await using var stage = await Stage.Start(new StageSettings
        {
            WithCompany = true,
            Environment = new Dictionary<string, string>
            {
                ["Simulator__Speed"] = "0", ["Simulator__Backfill"] = "0", ["Simulator__TimeoutMs"] = "1000", ["Targets__erp-invoices__TimeoutSeconds"] = "1", ["Targets__erp-invoices__Parallel"] = "16",
            },
        });
        using var company = new HttpClient { BaseAddress = stage.CompanyUrl };
        var customer = await Customer(company);
        await company.PostAsJsonAsync("/control", new { erpLoses = Lost, erpHurries = true });
        string[] ids = [.. Enumerable.Range(0, replays).Select(i => string.Create(CultureInfo.InvariantCulture, $"INV-F{i:00000}"))];
        await stage.Post(ids.Select(id => BulkCalls.Refused(id, "erp-invoices", Invoice(id, customer))));
        await Eventually.Is(async () => await stage.Exceptions("state=unended&q=INV-F") == replays, "each failure is an exception", s_patience, () => Task.FromResult(stage.ConsoleTail()));

        using var enough = new CancellationTokenSource();
        Task[] hands = [Work(stage, ids, 1, enough.Token), Work(stage, ids, 2, enough.Token), Bulks(stage, enough.Token)];
        for (var kill = 1; kill <= kills; kill++)
        {
            var left = replays - (replays * kill / (kills + 1));
            await Eventually.Is(async () => await Left(stage, hands) <= left, "the work goes on", s_patience, async () => await Seen(stage));
            await stage.Kill();
            await stage.StartConsole();
            Assert.Equal(0, await stage.Doubled());
        }

        await Eventually.Is(async () => await Left(stage, hands) == 0, "everything is proven", s_patience, async () => await Seen(stage));
        await enough.CancelAsync();
        await Task.WhenAll(hands);
        await NothingTwice(company, ids);
        Assert.Equal(0, await stage.Doubled());
    }

    private static string Invoice(string id, string customer) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"tranId":"{{id}}","entity":"{{customer}}","subsidiary":"DE01","amount":100.00,"currency":"EUR","taxProfile":"DE-VAT19","paymentTerms":"NET30"}
        """);

    // The tail first: a console that is gone answers nothing.
    private static async Task<string> Seen(Stage stage) => $"{stage.ConsoleTail()}\n{await stage.Get("/api/v1/exceptions?state=unended&q=INV-F&take=3")}";

    // The console may be away for a moment: then nothing is known. A hand that met a fault tells of it here.
    private static async Task<int> Left(Stage stage, Task[] hands)
    {
        await Task.WhenAll(hands.Where(hand => hand.IsFaulted));
        try
        {
            return await stage.Exceptions("state=unended&q=INV-F");
        }
        catch (HttpRequestException)
        {
            return int.MaxValue;
        }
    }

    /// <summary>Somebody who takes one after the other, presses every button twice, and does not care that another does the same.</summary>
    private static async Task Work(Stage stage, string[] ids, int seed, CancellationToken enough)
    {
        var dice = new Random(seed);
        while (!enough.IsCancellationRequested)
        {
            var id = ids[dice.Next(ids.Length)];
            var found = await Try(stage, client => client.GetAsync(new Uri($"/api/v1/exceptions?take=1&state=open,claimed&q={id}", UriKind.Relative), enough));
            if (found?["items"] is JsonArray { Count: 1 } items)
            {
                var address = $"/api/v1/exceptions/{items[0]!["name"]}";
                await Try(stage, client => client.PostAsJsonAsync(new Uri($"{address}/claim", UriKind.Relative), new { }, enough));
                await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Try(stage, client => client.PostAsJsonAsync(new Uri($"{address}/replay", UriKind.Relative), new { }, enough))));
                if (dice.Next(4) == 0)
                {
                    await Try(stage, client => client.PostAsJsonAsync(new Uri($"{address}/prove", UriKind.Relative), new { }, enough));
                }
            }
        }
    }

    /// <summary>Somebody who now and then replays everything that is left.</summary>
    private static async Task Bulks(Stage stage, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var frozen = await Try(stage, client => client.PostAsJsonAsync(new Uri("/api/v1/bulks", UriKind.Relative), new { filter = new { state = "open,claimed" } }, enough));
            if (frozen?["id"] is { } id)
            {
                await Try(stage, client => client.PostAsJsonAsync(new Uri($"/api/v1/bulks/{id}/start", UriKind.Relative), new { ramp = "5,50", stopAbove = 1 }, enough));
            }

            try
            {
                await Task.Delay(TimeSpan.FromSeconds(3), enough);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<JsonNode?> Try(Stage stage, Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var answer = await ask(stage.Api);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None)) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static async Task NothingTwice(HttpClient company, string[] ids)
    {
        var lost = 0;
        foreach (var id in ids)
        {
            var record = await company.GetFromJsonAsync<JsonObject>($"/erp/invoices/{id}");
            var key = await company.GetFromJsonAsync<JsonObject>($"/status/keys/{id}");
            Assert.Equal(1, record!["log"]!.AsArray().Count(entry => entry!["what"]!.GetValue<string>() is "recorded"));
            Assert.Equal((1, id), (key!["applied"]!.GetValue<int>(), id));
            lost += key["seen"]!.GetValue<int>() - 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ids.Length:N0} invoices, each in the ERP once; {lost:N0} came a second time under their key, {Lost:P0} of the answers were lost after the ERP had written"));
    }

    /// <summary>A customer of DE01 that the ERP knows.</summary>
    private static async Task<string> Customer(HttpClient company)
    {
        using var answer = await company.PostAsJsonAsync("/erp/customers", new
        {
            entityId = "ACC-FUZZ", name = "Fuzz GmbH", subsidiary = "DE01", currency = "EUR", vatNumber = "DE000000042", taxProfile = "DE-VAT19", paymentTerms = "NET30", email = "fuzz@example.com",
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return "ACC-FUZZ";
    }
}
