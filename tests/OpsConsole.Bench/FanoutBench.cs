using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Npgsql;
using OpsConsole.Bench.Measures;
using OpsConsole.E2E;
using OpsConsole.E2E.Infrastructure;
using OpsConsole.E2E.Journeys;

namespace OpsConsole.Bench;

/// <summary>
/// Many stewards, each signed in for themselves, look at one worklist, and somebody claims an exception: from the answer to that claim until each
/// of their pages has drawn it. The pages are real circuits that answer as a browser does, on the same machine as the console and its database.
/// </summary>
internal static class FanoutBench
{
    // One whole page of the list; what follows from the failures themselves a few minutes later is of another type.
    private const int Exceptions = 50;
    private const string Type = "tax-profile-missing";

    // The first ones make a console that has just started compile what it runs. Then the first row of all is claimed, on which every cursor stands, so that
    // every preview is read anew too, and then one here and there.
    private static readonly int[] s_warming = [48, 45, 42, 38, 35, 32, 27, 22];
    private static readonly int[] s_claimed = [0, 1, 4, 9, 14, 19, 24, 29, 39, 49];
    private const int Together = 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_opening = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);
    private static readonly Figure s_goal = new(1000, "ms");

    public static async Task<int> Run(int pages)
    {
        var board = new Scoreboard(quick: false);
        await using var stage = await Stage.Start(Company.Quiet);
        var last = await Fill(stage);
        var ids = await Ids(stage);
        var circuits = new List<CircuitClient>();
        try
        {
            await Open(stage, circuits, pages, last);
            await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
            var cpu = await Cpu.Of(database, () => stage.ConsoleProcess);
            Say($"{pages} pages are open; load average {Load()}");
            var rounds = new List<Round>();
            var rest = new List<double>();
            foreach (var at in s_warming.Concat(s_claimed))
            {
                var before = cpu.Now();
                await Task.Delay(s_rest);
                rest.Add((cpu.Now() - before).Console);
                rounds.Add(await Claim(stage, circuits, ids[at], cpu));
                Say(rounds[^1].ToString());
            }

            Tell(board, pages, [.. rounds.Skip(s_warming.Length)]);
            Scoreboard.Tell($"CPU of the console at rest, in {s_rest.TotalSeconds} s", string.Create(CultureInfo.InvariantCulture, $"{rest.Median() * 1000:N0} ms"));
            Scoreboard.Tell("memory of the console", string.Create(CultureInfo.InvariantCulture, $"{stage.Memory >> 20} MiB"));
            return board.Short.Count == 0 ? 0 : 1;
        }
        finally
        {
            await Task.WhenAll(circuits.Select(page => page.DisposeAsync().AsTask()));
        }
    }

    private static void Tell(Scoreboard board, int pages, IReadOnlyList<Round> rounds)
    {
        var times = rounds.SelectMany(round => round.Times).DefaultIfEmpty(double.PositiveInfinity).ToList();
        Console.WriteLine($"Load average {Load()} at the end.\n");
        Scoreboard.Head();
        board.AtMost($"a claim on {pages} worklists, {rounds.Count} rounds: p95", new Figure(times.Percentile(0.95), "ms"), s_goal, 1);
        Scoreboard.Tell("… p50, p99", new Figure(times.Percentile(0.5), "ms").ToString(), new Figure(times.Percentile(0.99), "ms").ToString());
        board.Holds("… pages that had not drawn it after 30 s", $"{rounds.Sum(round => round.Blind)} of {rounds.Count * pages}", "0", rounds.All(round => round.Blind == 0));
        Scoreboard.Tell("CPU of a claim: console, database; the pages besides", string.Create(
            CultureInfo.InvariantCulture, $"{Median(round => round.Cpu.Console)} ms, {Median(round => round.Cpu.Database)} ms"), $"{Median(round => round.Cpu.Client)} ms");

        string Median(Func<Round, double> of) => (rounds.Select(of).Median() * 1000).ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <returns>The invoice of the last.</returns>
    private static async Task<string> Fill(Stage stage)
    {
        var last = "";
        for (var i = 0; i < Exceptions; i++)
        {
            last = (await stage.RefuseInvoice("EMEA", 4_000m + i)).Id;
        }

        return last;
    }

    // So many at a time, as people come in: what is measured is not their coming. A page is open once it shows the rows, and not only that it will.
    private static async Task Open(Stage stage, List<CircuitClient> circuits, int pages, string shown)
    {
        await Employ(stage, pages);
        while (circuits.Count < pages)
        {
            var opened = await Task.WhenAll(Enumerable.Range(circuits.Count, Math.Min(Together, pages - circuits.Count)).Select(async number =>
            {
                var cookie = await CircuitClient.SignIn(stage.Url, Steward(number), Stage.Password);
                return await CircuitClient.Open(stage.Url, cookie, $"/worklist?type={Type}");
            }));
            circuits.AddRange(opened);
            var drawn = opened.Select(page => page.Shown(shown)).ToList();
            await Task.WhenAll(drawn).WaitAsync(s_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (drawn.Count(page => !page.IsCompletedSuccessfully) is > 0 and var blind)
            {
                throw new InvalidOperationException($"{blind} of {opened.Length} pages did not show {shown} within {s_opening.TotalMinutes} min of their opening, with {circuits.Count} open.\n{stage.ConsoleTail()}");
            }
        }
    }

    // As the demo's steward, with the same password.
    private static async Task Employ(Stage stage, int people)
    {
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await using var command = database.CreateCommand("""
            INSERT INTO people
            SELECT (jsonb_populate_record(p, jsonb_build_object(
                'Id', gen_random_uuid(), 'DisplayName', 'Steward ' || n, 'UserName', mail, 'Email', mail, 'NormalizedUserName', upper(mail), 'NormalizedEmail', upper(mail)))).*
            FROM people p, generate_series(0, $2 - 1) n, LATERAL (SELECT replace($1, '@', n || '@') AS mail) m
            WHERE p."UserName" = $1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = People.Steward });
        command.Parameters.Add(new NpgsqlParameter { Value = people });
        await command.ExecuteNonQueryAsync();
    }

    private static string Steward(int number) => People.Steward.Replace("@", $"{number}@", StringComparison.Ordinal);

    // The two seconds before a claim are over for everybody: nobody is still kept calm after the news before.
    private static async Task<Round> Claim(Stage stage, IReadOnlyList<CircuitClient> pages, string id, Cpu cpu)
    {
        var before = cpu.Now();
        var told = pages.Select(page => page.Sees("Claimed")).ToList();
        using var answer = await stage.Api.PostAsJsonAsync($"/api/v1/exceptions/{id}/claim", new { reason = "to be seen" });
        answer.EnsureSuccessStatusCode();
        var since = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(told.Select(async page =>
        {
            await page.WaitAsync(s_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return page.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(since).TotalMilliseconds : (double?)null;
        }));
        return new Round([.. times.OfType<double>()], times.Count(time => time is null), pages.Count(page => !page.IsOpen), cpu.Now() - before);
    }

    private static async Task<IReadOnlyList<string>> Ids(Stage stage)
    {
        IReadOnlyList<string> ids = [];
        await Eventually.Is(
            async () =>
            {
                var answer = await stage.Console.Get($"/api/v1/exceptions?type={Type}&state=open&sort=rank&take=50");
                ids = [.. answer["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
                return ids.Count >= Exceptions;
            },
            "the exceptions are there");
        return ids;
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static void Say(string sentence) => Console.Error.WriteLine(sentence);

    /// <param name="Times">Of each page that drew it, in milliseconds.</param>
    /// <param name="Blind">How many did not.</param>
    /// <param name="Cut">How many had lost their connection by then.</param>
    /// <param name="Cpu">Until the last had drawn it.</param>
    private sealed record Round(IReadOnlyList<double> Times, int Blind, int Cut, CpuTime Cpu)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"drawn by {Times.Count} pages, the last after {(Times.Count == 0 ? double.NaN : Times.Max()):N0} ms; not by {Blind}; {Cut} without a connection; console {Cpu.Console * 1000:N0} ms, database {Cpu.Database * 1000:N0} ms, pages {Cpu.Client * 1000:N0} ms of CPU");
    }
}
