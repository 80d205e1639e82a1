using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Basics;
using OpsConsole.Bench.Fill;
using OpsConsole.Bench.Measures;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Postgres;
using OpsConsole.Storage.Past;

namespace OpsConsole.Bench.Queries;

/// <summary>
/// What pages ask, at size: each request through the real handlers, in this process, beside bare SQL that returns the same rows and totals
/// over one connection. Both take turns; p95 of each. HTTP and drawing are left out on both sides.
/// </summary>
internal sealed class QueriesBench(string connectionString, Scoreboard board, bool quick) : IAsyncDisposable
{
    /// <summary>What takes long swings less in proportion: fewer rounds tell it.</summary>
    private const int FewRounds = 5;

    private const int WarmRounds = 60;

    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(6);

    private readonly ServiceProvider _services = Services(connectionString);

    /// <param name="connectionString">A filled database.</param>
    /// <param name="quick">It was filled quickly, and fewer rounds are enough.</param>
    /// <param name="named">Only questions with this in their name.</param>
    public static async Task<int> Run(string connectionString, bool quick, string named)
    {
        var board = new Scoreboard(quick);
        Scoreboard.Head();
        await using var bench = new QueriesBench(connectionString, board, quick);
        await bench.Run(quick ? FillSize.Quick : FillSize.Full, named);
        return board.Short.Count == 0 ? 0 : 1;
    }

    public async Task Run(FillSize size, string named = "")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        var mark = await Ask(mediator => Mark(mediator));
        var (deal, flow) = (size.Deals - (size.Deals / 10), (await Ask(mediator => mediator.Send(new ShowFlow("order-to-cash", Actor.System)).Accepted())).Definition);
        foreach (var question in WorklistQuestions.All(mark.Next, mark.Last).Concat(FactQuestions.All(deal)).Concat(SupportQuestions.All(deal, flow, DateTimeOffset.UtcNow)))
        {
            if (question.Name.Contains(named, StringComparison.OrdinalIgnoreCase))
            {
                await Measure(question, connection);
            }
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task Measure(Question question, NpgsqlConnection connection)
    {
        var bare = new BareSql(question.Bare);
        var (told, firsts) = (await Ask(question.Ask, question.At), await bare.Run(connection));
        var same = told == Convert.ToInt64(firsts[question.Told], System.Globalization.CultureInfo.InvariantCulture);
        await WarmUp(question, bare, connection);
        var (mine, theirs, rounds) = (new List<double>(), new List<double>(), quick ? 12 : 30);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds && (round < FewRounds || watch.Elapsed < s_budget); round++)
        {
            mine.Add(await Time(() => Ask(question.Ask, question.At)));
            theirs.Add(await Time(() => bare.Run(connection)));
        }

        board.Near($"{question.Name}, p95", mine.Percentile(0.95), theirs.Percentile(0.95), 1.5, 3);
        if (question.Most is { } most)
        {
            var p95 = mine.Percentile(0.95);
            board.Holds($"{question.Name} within {most:0} ms, p95", $"{p95:0} ms", $"≤ {most:0} ms", p95 <= most);
        }

        if (!same)
        {
            board.Holds($"{question.Name}: the same total", $"{told}", $"{firsts[question.Told]}", false);
        }
    }

    // A console has been running for days: what both sides compile, prepare and plan is settled before it counts.
    private async Task WarmUp(Question question, BareSql bare, NpgsqlConnection connection)
    {
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < WarmRounds && watch.Elapsed < s_warm; round++)
        {
            await Ask(question.Ask, question.At);
            await bare.Run(connection);
        }
    }

    // Ten long pages instead of ninety-nine: what was read before is of no matter to the page that is measured.
    private static async Task<(string Next, (DateTimeOffset, long) Last)> Mark(IMediator mediator)
    {
        var page = await WorklistQuestions.Page(mediator, null);
        for (var i = 1; i < 10 && page.Next is not null; i++)
        {
            page = await WorklistQuestions.Page(mediator, page.Next);
        }

        var last = page.Items[^1];
        return (page.Next ?? "", (last.DueAt ?? ExceptionCase.NeverDue, last.Number));
    }

    private async Task<T> Ask<T>(Func<IMediator, Task<T>> ask, DateTimeOffset? at = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.LookAt(at);
        return await ask(scope.ServiceProvider.GetRequiredService<IMediator>());
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static ServiceProvider Services(string connectionString)
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddCore(configuration);
        services.AddPostgres(connectionString);
        return services.BuildServiceProvider();
    }
}
