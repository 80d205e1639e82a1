using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;
using OpsConsole.Kpis;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests;

/// <summary>One company with three units, one of two legal entities, and something that nobody owns: in each a failed invoice, an order and a trace. What belongs to a unit holds a word that stands in nothing else and in nothing that is asked, and an amount of which no sum of others is the same.</summary>
public class CompanyConsole : LiveConsole
{
    public static readonly IReadOnlyList<Corner> Corners = [new("EMEA", "Zemea", 1, 1_010_107m), new("APAC", "Zapac", 2, 2_020_269m), new("AMER", "Zamer", 3, 4_040_531m), new("unassigned", "Znone", 4, 8_081_063m), new("EMEA", "Ztwin", 5, 16_162_129m)];

    private string _database = "";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development", ["OPSCONSOLE_DEMO_PASSWORD"] = OpenConsole.Password, ["Limits__Burst"] = "100000", ["Limits__ExportsPerMinute"] = "10000", ["Database__RowSecurity"] = Wall,
    };

    /// <summary>The database's own wall.</summary>
    protected virtual string Wall => "Required";

    protected override Task<NpgsqlConnectionStringBuilder> Prepare(NpgsqlConnectionStringBuilder database)
    {
        _database = database.ConnectionString;
        return base.Prepare(database);
    }

    /// <summary>All people see these units from now on, and of them these legal entities.</summary>
    public Task Limit(IEnumerable<string>? units, params IEnumerable<string> entities) =>
        Run($"UPDATE people SET \"AllUnits\" = {units is null}, \"Units\" = {Texts(units ?? [])}, \"Entities\" = {Texts(entities)}", _database);

    public async Task Fill()
    {
        if ((await Get("/api/v1/exceptions"))["total"]!.GetValue<int>() > 0)
        {
            return;
        }

        foreach (var corner in Corners)
        {
            using var events = new StringContent(corner.Events(), null, "application/cloudevents-batch+json");
            using var taken = await Http.PostAsync(new Uri("/v1/events", UriKind.Relative), events);
            using var span = new StringContent(corner.Spans(), null, "application/json");
            using var traced = await Http.PostAsync(new Uri("/v1/traces", UriKind.Relative), span);
            Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (taken.StatusCode, traced.StatusCode));
        }

        await Eventually("/api/v1/exceptions", found => found["total"]!.GetValue<int>() == Corners.Count);
        await Eventually("/api/v1/traces", found => found["items"]!.AsArray().Count == Corners.Count);
        await Eventually("/api/v1/transactions", found => found["items"]!.AsArray().Count == Corners.Count);
    }

    private static string Texts(IEnumerable<string> texts) => $"ARRAY[{string.Join(", ", texts.Select(text => $"'{text}'"))}]::text[]";

    /// <param name="Unit">Whose it is.</param>
    /// <param name="Word">Stands in all of it.</param>
    /// <param name="Number">Of its invoice and order.</param>
    /// <param name="Amount">Its only amount.</param>
    public sealed record Corner(string Unit, string Word, int Number, decimal Amount)
    {
        public string Entity => $"{Word} Ltd";

        public string TraceId => string.Concat(Enumerable.Repeat($"{Number:x2}", 16));

        public string Events() => new JsonArray(
            Event("invoice", $"INV-{Number}", "failed", new JsonObject { ["error"] = new JsonObject { ["code"] = "TAX_PROFILE_MISSING", ["category"] = "validation", ["message"] = $"{Word} has no tax profile" } }),
            Event("order", $"SO-{Number}", "succeeded", [])).ToJsonString();

        public string Spans() => $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Word}}}-service"}}]},"scopeSpans":[{"spans":[{"traceId":"{{{TraceId}}}","spanId":"{{{TraceId[..16]}}}","name":"post of {{{Word}}}",
            "startTimeUnixNano":"{{{Nanos}}}","endTimeUnixNano":"{{{Nanos + 1_000_000_000}}}","attributes":[{"key":"biz.invoice.id","value":{"stringValue":"INV-{{{Number}}}"}},{"key":"memo","value":{"stringValue":"{{{Word}}}"}}]}]}]}]}
            """;

        private static long Nanos => (DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds() * 1_000_000) + 1;

        private JsonObject Event(string type, string id, string outcome, JsonObject more)
        {
            var data = new JsonObject
            {
                ["entity"] = new JsonObject { ["type"] = type, ["id"] = id }, ["system"] = "netsuite", ["operation"] = "create", ["outcome"] = outcome, ["amount"] = Amount.ToString("0.00", CultureInfo.InvariantCulture), ["currency"] = "EUR",
                ["legalEntity"] = Entity, ["payload"] = new JsonObject { ["tranId"] = id, ["memo"] = Word }, ["attributes"] = new JsonObject { ["memo"] = Word },
            };
            if (Unit is not "unassigned")
            {
                data["businessUnit"] = Unit;
            }

            foreach (var (name, value) in more)
            {
                data[name] = value?.DeepClone();
            }

            return new JsonObject
            {
                ["specversion"] = "1.0", ["id"] = $"{type}-{Number}", ["source"] = "/company", ["type"] = "opsconsole.sync.v1", ["time"] = DateTimeOffset.UtcNow.AddMinutes(-4).ToString("O", CultureInfo.InvariantCulture), ["data"] = data,
            };
        }
    }
}

/// <summary>The same with the database's wall down: what holds then, the handlers hold alone.</summary>
public sealed class OneWallConsole : CompanyConsole
{
    protected override string Wall => "Off";
}

/// <summary>R14: people and keys of some units, everything that can be read over HTTP, and what is pushed: nothing of another unit is told or counted.</summary>
public abstract class UnitsTests<TConsole>(TConsole console)
    where TConsole : CompanyConsole
{
    private static readonly string[] s_people = ["steward@demo.local", "approver@demo.local", "executive@demo.local", "support@demo.local", "privacy@demo.local", "administrator@demo.local"];

    // Exports of pages, and searches, which need a question.
    private static readonly string[] s_more =
    [
        "/worklist.csv", "/board/rows.csv?code={code}", "/audit/export.ndjson", "/exceptions/{name}/evidence.zip", "/close/{unit}/evidence.zip?period=", "/api/v1/search?q=INV", "/api/v1/search?q=status:error", "/api/v1/search?q=amount:>1",
        "/api/v1/search/suggestions?q=", "/api/v1/search/suggestions?q=service:", "/api/v1/search/suggestions?q=unit:", "/api/v1/search/suggestions?q=attr.memo:", "/api/v1/objects?type=invoice", "/api/v1/exceptions?q=INV-{number}", "/api/v1/traces?q=INV-{number}",
    ];

    private Task<string>? _reading;

    [Theory]
    [MemberData(nameof(UnitsTests.Scopes), MemberType = typeof(UnitsTests))]
    public async Task A_person_of_every_role_reads_nothing_of_units_that_are_not_theirs(string? units)
    {
        await console.Fill();
        await console.Limit(units?.Split(','));
        try
        {
            foreach (var person in s_people)
            {
                using var client = await console.SignedIn(person, OpenConsole.Password);
                await ReadsItsOwn(client, Of(units), $"{person} of {units}");
            }
        }
        finally
        {
            await console.Limit(null);
        }
    }

    [Theory]
    [InlineData("EMEA")]
    [InlineData(null)]
    public async Task A_person_of_every_role_reads_nothing_of_legal_entities_that_are_not_theirs(string? units)
    {
        await console.Fill();
        var own = CompanyConsole.Corners[0];
        await console.Limit(units?.Split(','), own.Entity);
        try
        {
            foreach (var person in s_people)
            {
                using var client = await console.SignedIn(person, OpenConsole.Password);
                await ReadsItsOwn(client, [own], $"{person} of {own.Entity} in {units}");
            }

            using var support = await console.SignedIn("support@demo.local", OpenConsole.Password);
            await Counts(support, [own]);
        }
        finally
        {
            await console.Limit(null);
        }
    }

    [Theory]
    [InlineData("EMEA")]
    [InlineData("EMEA,APAC")]
    [InlineData("unassigned")]
    public async Task A_key_reads_nothing_of_units_that_are_not_its_own(string units)
    {
        await console.Fill();
        using var client = await Keyed(units.Split(','));

        await ReadsItsOwn(client, Of(units), $"key of {units}");
        await Counts(client, Of(units));
    }

    [Fact]
    public async Task Who_listens_is_told_of_their_own_units_only()
    {
        await console.Fill();
        using var client = await Keyed(["EMEA"]);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", client.DefaultRequestHeaders.Authorization!.ToString());
        await socket.ConnectAsync(new UriBuilder(console.Url) { Scheme = "ws", Path = "/hubs/worklist" }.Uri, default);
        await Say(socket, """{"protocol":"json","version":1}""");
        await Say(socket, """{"type":1,"invocationId":"1","target":"Watch","arguments":[{}]}""");
        await Hears(socket, "\"type\":3", TimeSpan.FromSeconds(20));

        var number = (await console.Get("/api/v1/exceptions?q=INV-2"))["items"]![0]!["name"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await console.Http.PostAsJsonAsync($"/api/v1/exceptions/{number}/claim", new { reason = "" })).StatusCode);
        Assert.False(await Hears(socket, "changed", TimeSpan.FromSeconds(4)), "It was told of APAC.");
        number = (await console.Get("/api/v1/exceptions?q=INV-1"))["items"]![0]!["name"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await console.Http.PostAsJsonAsync($"/api/v1/exceptions/{number}/claim", new { reason = "" })).StatusCode);
        Assert.True(await Hears(socket, "changed", TimeSpan.FromSeconds(20)), "It was not told of EMEA.");
    }

    private static List<CompanyConsole.Corner> Of(string? units) => [.. CompanyConsole.Corners.Where(corner => units is null || units.Split(',').Contains(corner.Unit))];

    private async Task ReadsItsOwn(HttpClient client, List<CompanyConsole.Corner> own, string who)
    {
        var foreign = CompanyConsole.Corners.Except(own).ToList();
        var (faults, seen) = (new List<string>(), new HashSet<string>());
        foreach (var path in await Paths())
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            if (!answer.IsSuccessStatusCode)
            {
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{who}: {path} answers {answer.StatusCode}");
                continue;
            }

            var text = await Text(answer);
            faults.AddRange(foreign.Where(corner => Tells(text, corner)).Select(corner => $"{who}: {path} tells of {corner.Entity}: …{Around(text, corner)}…"));
            seen.UnionWith(CompanyConsole.Corners.Where(corner => text.Contains(corner.Word, StringComparison.Ordinal)).Select(corner => corner.Word));
        }

        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults.Take(30))}");
        Assert.Equal(own.Select(corner => corner.Word).Order(), seen.Order());
    }

    private static async Task<string> Text(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (!bytes.AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder();
        using var pack = new ZipArchive(new MemoryStream(bytes));
        foreach (var file in pack.Entries)
        {
            using var reader = new StreamReader(file.Open());
            text.AppendLine(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static bool Tells(string text, CompanyConsole.Corner corner) =>
        text.Contains(corner.Word, StringComparison.Ordinal) || Regex.IsMatch(text, $@"(?<![\d.]){corner.Amount:0}(?!\d)");

    private static string Around(string text, CompanyConsole.Corner corner)
    {
        var at = text.IndexOf(corner.Word, StringComparison.Ordinal) is var word and >= 0 ? word : text.IndexOf($"{corner.Amount:0}", StringComparison.Ordinal);
        return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 60)];
    }

    private static async Task Counts(HttpClient client, List<CompanyConsole.Corner> own)
    {
        foreach (var (path, count) in new[] { ("/api/v1/exceptions", own.Count), ("/api/v1/transactions", own.Count), ("/api/v1/traces", own.Count), ("/api/v1/objects?type=invoice", own.Count), ("/api/v1/causes", Math.Min(own.Count, 1)) })
        {
            var page = JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)))!;
            Assert.True(page["items"]!.AsArray().Count == count && (page["total"]?.GetValue<int>() ?? count) == count, $"{path} for {own[0].Entity} says {page.ToJsonString()}");
        }

        var cause = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/v1/causes", UriKind.Relative)))!["items"]!.AsArray().Single()!;
        Assert.Equal(own.Count, cause["open"]!.GetValue<int>());
        Assert.Equal(own.Sum(corner => corner.Amount), cause["atRisk"]!.GetValue<decimal>());
        var tiles = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/v1/board/figures", UriKind.Relative)))!.ToJsonString();
        Assert.DoesNotMatch($@"(?<![\d.]){CompanyConsole.Corners.Sum(corner => corner.Amount):0}(?!\d)", tiles);
    }

    private async Task<List<string>> Paths()
    {
        var routes = (await AccessMapTests.Known()).Select(line => line.Split(' ', 3)).Where(parts => parts[1] is "GET" && parts[0].StartsWith("/api/", StringComparison.Ordinal)).Select(parts => parts[0]).Concat(s_more);
        var found = (await console.Get("/api/v1/exceptions"))["items"]!.AsArray();
        var cause = (await console.Get("/api/v1/causes"))["items"]![0]!["fingerprint"]!.GetValue<string>();
        return
        [
            .. (from route in routes
                from corner in CompanyConsole.Corners
                let name = found.Single(one => one!.ToJsonString().Contains($"\"INV-{corner.Number}\"", StringComparison.Ordinal))!["name"]!.GetValue<string>()
                from code in route.Contains("{code}", StringComparison.Ordinal) ? KpiCatalog.All.Select(kpi => kpi.Code) : [""]
                let path = route.Replace("{name}", name, StringComparison.Ordinal).Replace("{unit}", corner.Unit, StringComparison.Ordinal).Replace("{code}", code, StringComparison.Ordinal)
                    .Replace("{fingerprint}", cause, StringComparison.Ordinal).Replace("{flow}", "order-to-cash", StringComparison.Ordinal).Replace("{type}", "invoice", StringComparison.Ordinal)
                    .Replace("{traceId}", corner.TraceId, StringComparison.Ordinal).Replace("{spanId}", corner.TraceId[..16], StringComparison.Ordinal).Replace("{number}", $"{corner.Number}", StringComparison.Ordinal)
                from id in route.Contains("{id}", StringComparison.Ordinal) ? [$"INV-{corner.Number}", $"SO-{corner.Number}"] : new[] { "" }
                select path.Replace("{id}", id, StringComparison.Ordinal)).Distinct(),
        ];
    }

    private async Task<HttpClient> Keyed(string[] units)
    {
        using var made = await console.Http.PostAsJsonAsync("/api/v1/sources", new { name = $"reader {Guid.NewGuid():n}", scopes = new[] { "api" }, units });
        using var keyed = await console.Http.PostAsJsonAsync($"/api/v1/sources/{await made.Content.ReadFromJsonAsync<Guid>()}/keys", new { });
        var client = new HttpClient { BaseAddress = new Uri(console.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await keyed.Content.ReadAsStringAsync())!["key"]!.GetValue<string>());
        return client;
    }

    private static Task Say(ClientWebSocket socket, string message) => socket.SendAsync(Encoding.UTF8.GetBytes($"{message}\u001e"), WebSocketMessageType.Text, endOfMessage: true, default);

    // A read that is given up ends the socket: it goes on as long as it is, and what came is looked at.
    private async Task<bool> Hears(ClientWebSocket socket, string word, TimeSpan patience)
    {
        var until = DateTime.UtcNow + patience;
        while (DateTime.UtcNow < until)
        {
            _reading ??= Read(socket);
            if (await Task.WhenAny(_reading, Task.Delay(until - DateTime.UtcNow > TimeSpan.Zero ? until - DateTime.UtcNow : TimeSpan.Zero)) != _reading)
            {
                return false;
            }

            var text = await _reading;
            _reading = null;
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<string> Read(ClientWebSocket socket)
    {
        var buffer = new byte[16 << 10];
        var part = await socket.ReceiveAsync(buffer, default);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}

/// <summary>R14 behind both walls, and behind the handlers' alone. The database's alone is <c>RowWallTests</c> (Core).</summary>
public static class UnitsTests
{
    public static TheoryData<string?> Scopes => ["EMEA", "unassigned", "nowhere", null];

    public sealed class Behind_both_walls(CompanyConsole console) : UnitsTests<CompanyConsole>(console), IClassFixture<CompanyConsole>;

    public sealed class Behind_the_handlers_alone(OneWallConsole console) : UnitsTests<OneWallConsole>(console), IClassFixture<OneWallConsole>;
}
