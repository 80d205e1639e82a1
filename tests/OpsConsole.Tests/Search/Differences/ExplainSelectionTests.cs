using System.Diagnostics;
using OpsConsole.Cases.Differences;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Search.Differences;

public abstract class ExplainSelectionTests<TBrand>(ITestOutputHelper output)
    where TBrand : IDatabaseBrand
{
    private const int Plantings = 10;

    [StorageFact]
    public async Task Of_ten_fields_planted_at_random_nine_come_first_when_failed_spans_are_compared_with_fine_ones()
    {
        await using var world = await World.Start<TBrand>();
        var planted = await PlantSpans(world, slow: false);

        Assert.InRange(await First(world, planted, fact => $"service:{fact.Service} status:error", SearchKind.Span), 9, Plantings);
    }

    [StorageFact]
    public async Task Of_ten_fields_planted_at_random_nine_come_first_when_slow_spans_are_compared_with_fast_ones()
    {
        await using var world = await World.Start<TBrand>();
        var planted = await PlantSpans(world, slow: true);

        Assert.InRange(await First(world, planted, fact => $"service:{fact.Service} duration:>=2s", SearchKind.Span), 9, Plantings);
    }

    [StorageFact]
    public async Task Of_ten_fields_planted_at_random_nine_come_first_when_failed_events_are_compared_with_those_that_succeeded()
    {
        await using var world = await World.Start<TBrand>();
        var planted = Enumerable.Range(20, Plantings).Select(number => new PlantedFacts(number)).ToList();
        await using (var db = world.Open())
        {
            await db.Dialect.Insert(db, [.. planted.SelectMany(one => one.Events()).OrderBy(e => Convert.ToHexString(e.Key))], default);
        }

        Assert.InRange(await First(world, planted, fact => $"system:{fact.Service} status:error", SearchKind.Event), 9, Plantings);
    }

    [StorageFact]
    public async Task Where_chance_alone_decides_nothing_is_told()
    {
        await using var world = await World.Start<TBrand>();
        var byChance = Enumerable.Range(40, 5).Select(number => new PlantedFacts(number, reason: false)).ToList();
        await Keep(world, byChance.SelectMany(one => one.Spans(slow: false)));

        foreach (var one in byChance)
        {
            Assert.Empty((await Explain(world, $"service:{one.Service} status:error", SearchKind.Span)).Differences);
        }
    }

    [StorageFact]
    public async Task The_rows_behind_a_difference_are_what_its_search_finds_and_both_sides_are_told()
    {
        await using var world = await World.Start<TBrand>();
        var planted = new PlantedFacts(1);
        await Keep(world, planted.Spans(slow: false));

        var told = await Explain(world, $"service:{planted.Service} status:error", SearchKind.Span);

        var first = told.Differences[0];
        Assert.Equal((planted.Facts.Count(fact => fact.Wrong), planted.Facts.Count(fact => !fact.Wrong)), ((int)told.Here.Total, (int)told.Others.Total));
        Assert.False(told.Here.Sampled || told.Others.Sampled);
        Assert.Equal(first.Here, await Total(world, first.Query!, told));
        Assert.Equal(first.Others, await Total(world, first.OthersQuery!, told));
        Assert.Equal(told.Here.Total, await Total(world, told.Here.Query, told));
        Assert.Equal(told.Others.Total, await Total(world, told.Others.Query, told));
        Assert.All(told.Differences, one => Assert.DoesNotContain("error", one.Difference.Field, StringComparison.Ordinal));
        Assert.NotEmpty(first.Examples);
    }

    [StorageFact]
    public async Task Of_more_than_can_be_read_a_sample_is_drawn_and_told_while_totals_stay_exact()
    {
        await using var world = await World.Start<TBrand>();
        var planted = Enumerable.Range(0, 4).Select(number => new PlantedFacts(number)).ToList();
        await Keep(world, planted.SelectMany(one => one.Spans(slow: false)));

        var told = await Explain(world, "status:ok", SearchKind.Span, "status:error");

        Assert.Equal((planted.Sum(one => one.Facts.Count(fact => !fact.Wrong)), ExplainSelection.MostRows, true), ((int)told.Here.Total, told.Here.Sample, told.Here.Sampled));
        Assert.Equal(planted.Sum(one => one.Facts.Count(fact => fact.Wrong)), told.Others.Total);
    }

    [StorageFact]
    public async Task Money_is_counted_once_for_each_object_and_only_in_the_readers_scope()
    {
        await using var world = await World.Start<TBrand>();
        var planted = new PlantedFacts(3);
        var spans = planted.Spans(slow: false).ToList();
        await Keep(world, spans);
        await Concern(world, [.. spans.Where(span => span.Failed)]);

        var told = await Explain(world, $"service:{planted.Service} status:error", SearchKind.Span);
        var apac = await world.Send(new ExplainSelection($"service:{planted.Service} status:error", SearchKind.Span, null, null, null, Staff.Steward("Uli", "APAC")));

        Assert.Equal((100m, 5_200m), (told.Here.AtRisk, told.Here.Worth));
        Assert.Equal((100m, 5_200m), (told.Differences[0].Difference.AtRisk, told.Differences[0].Worth));
        Assert.EndsWith(": EUR 100", told.Differences[0].Difference.Sentence, StringComparison.Ordinal);
        Assert.Equal((0L, 0), (apac.Value!.Selected, apac.Value.Differences.Count));
    }

    [StorageFact]
    public async Task What_cannot_be_compared_is_refused_and_said()
    {
        await using var world = await World.Start<TBrand>();

        Assert.Equal("against", Field(await world.Send(new ExplainSelection("service:erp", SearchKind.Span, null, null, null, Staff.Root))));
        Assert.Equal("only", Field(await world.Send(new ExplainSelection("status:error", SearchKind.Exception, null, null, null, Staff.Root))));
        Assert.Equal("only", Field(await world.Send(new ExplainSelection("kind:event status:error", SearchKind.Span, null, null, null, Staff.Root))));
        Assert.Equal("q", Field(await world.Send(new ExplainSelection("queue:payments status:error", SearchKind.Span, null, null, null, Staff.Root))));
    }

    private static string? Field(Outcome<SelectionExplained> answer) => answer.Refusal?.Message.Split(' ', ':')[0];

    private async Task<int> First(World world, IReadOnlyList<PlantedFacts> planted, Func<PlantedFacts, string> query, SearchKind kind)
    {
        var first = 0;
        foreach (var one in planted)
        {
            var watch = Stopwatch.StartNew();
            var told = await Explain(world, query(one), kind);
            var found = told.Differences.Count > 0 && told.Differences[0].Difference is { } top && top.Field == $"attributes.{one.Field}"
                && (one.Value is null ? top.Kind is MarkKind.Lacks : top is { Kind: MarkKind.Is } && top.Value == one.Value);
            output.WriteLine($"{one.Field}={one.Value ?? "missing"}: {(found ? "first" : "NOT first")}, {told.Here.Sample} against {told.Others.Sample} in {watch.ElapsedMilliseconds} ms. {(told.Differences.Count > 0 ? told.Differences[0].Difference.Sentence : "Nothing.")}");
            first += found ? 1 : 0;
        }

        return first;
    }

    private static async Task<SelectionExplained> Explain(World world, string query, SearchKind kind, string? against = null)
    {
        var answer = await world.Send(new ExplainSelection(query, kind, null, null, against, Staff.Root));
        Assert.True(answer.Accepted, answer.Refusal?.Message);
        return answer.Value;
    }

    private static async Task<long> Total(World world, string query, SelectionExplained told) =>
        (await world.Send(new SearchFacts(query, told.Since, told.Until, [SearchKind.Span], 1, Staff.Root))).Value!.Spans!.Total;

    private static async Task<List<PlantedFacts>> PlantSpans(World world, bool slow)
    {
        var planted = Enumerable.Range(0, Plantings).Select(number => new PlantedFacts(number)).ToList();
        await Keep(world, planted.SelectMany(one => one.Spans(slow)));
        return planted;
    }

    private static async Task Keep(World world, IEnumerable<Span> spans)
    {
        await using var db = world.Open();
        await db.Dialect.Insert(db, [.. spans.OrderBy(span => Convert.ToHexString(span.TraceId))], default);
    }

    // All of them speak of one invoice of EMEA, which has an open exception and is part of an order of 5,200.
    private static async Task Concern(World world, IReadOnlyList<Span> spans)
    {
        var invoice = new ObjectRef("invoice", "INV-1");
        await using (var db = world.Open())
        {
            db.Objects.Add(new BusinessObject { Key = invoice.Key, Type = invoice.Type, Id = invoice.Id, Unit = "EMEA", ReceivedAt = SyncSample.Noon, Facts = 1 });
            db.TraceKeys.AddRange(spans.Select(span => new TraceKey { SpokenKey = invoice.Key, TraceId = span.TraceId, Type = invoice.Type, Id = invoice.Id }));
            var (run, order) = (Ids.Key(["orders", "order", "SO-9"]), new ObjectRef("order", "SO-9"));
            db.Transactions.Add(new Transaction
            {
                Key = run, Flow = "orders", LeadKey = order.Key, LeadType = "order", LeadId = "SO-9", Unit = "EMEA", Amount = 5_200, Currency = "EUR", Objects = 2, Milestones = 1, StartedAt = SyncSample.Noon,
            });
            db.TransactionObjects.Add(new TransactionObject { TransactionKey = run, ObjectKey = invoice.Key, LeadKey = order.Key, Path = "invoice" });
            await db.SaveChangesAsync();
        }

        await world.Fails(new FailureSample { Id = "INV-1", System = "netsuite", Amount = 100m, At = SyncSample.Noon.AddMinutes(-5) });
    }
}

public static class ExplainSelectionTests
{
    public sealed class On_postgres(ITestOutputHelper output) : ExplainSelectionTests<OnPostgres>(output);

    public sealed class On_sqlserver(ITestOutputHelper output) : ExplainSelectionTests<OnSqlServer>(output);
}
