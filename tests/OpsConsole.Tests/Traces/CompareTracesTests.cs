using OpsConsole.Contracts;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>A failed run of EMEA at noon, among runs of the same and of another kind.</summary>
public abstract class CompareTracesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const byte Failed = 1;
    private const byte NearOfApac = 2;
    private const byte LaterOfEmea = 3;
    private const byte NearButFailed = 4;
    private const byte OfAnotherKind = 5;

    [StorageFact]
    public async Task The_nearest_healthy_run_of_the_same_kind_and_unit_is_picked()
    {
        await using var world = await Filled();

        var read = (await world.Send(new CompareTraces(Hex(Failed), null, Staff.Root))).Value!;

        Assert.Equal((Hex(Failed), Hex(LaterOfEmea)), (read.Here.TraceId, read.Healthy!.TraceId));
        Assert.Equal("EMEA", read.Healthy.Unit);
        Assert.Equal([("sync", StepMark.Fails)], read.Steps.Select(step => (step.Name, step.Mark)));
        Assert.Contains(read.Attributes, one => one is { Name: "profile", Here: "none", Healthy: "CA", Mark: AttributeMark.Differs });
    }

    [StorageFact]
    public async Task Another_run_may_be_named()
    {
        await using var world = await Filled();

        var read = (await world.Send(new CompareTraces(Hex(Failed), Hex(NearOfApac), Staff.Root))).Value!;

        Assert.Equal(Hex(NearOfApac), read.Healthy!.TraceId);
        Assert.False((await world.Send(new CompareTraces(Hex(Failed), Hex(99), Staff.Root))).Accepted);
    }

    [StorageFact]
    public async Task A_run_of_its_own_kind_has_no_twin()
    {
        await using var world = await Filled();

        var read = (await world.Send(new CompareTraces(Hex(OfAnotherKind), null, Staff.Root))).Value!;

        Assert.Null(read.Healthy);
        Assert.Empty(read.Steps);
    }

    [StorageFact]
    public async Task Nobody_is_shown_a_twin_that_they_may_not_see()
    {
        await using var world = await Filled();

        var read = (await world.Send(new CompareTraces(Hex(NearOfApac), null, Staff.Steward("Uli", "APAC")))).Value!;

        Assert.Null(read.Healthy);
        Assert.False((await world.Send(new CompareTraces(Hex(Failed), null, Staff.Steward("Uli", "APAC")))).Accepted);
    }

    [StorageFact]
    public async Task A_span_is_shown_by_itself_with_all_that_it_carries()
    {
        await using var world = await Filled();

        var read = (await world.Send(new ShowSpan(Hex(Failed), "0000000000000001", Staff.Root))).Value!;

        Assert.True(read.Whole);
        Assert.Equal("none", read.Attributes.GetProperty("profile").GetString());
        Assert.False((await world.Send(new ShowSpan(Hex(Failed), "0000000000000009", Staff.Root))).Accepted);
        Assert.False((await world.Send(new ShowSpan(Hex(Failed), "0000000000000001", Staff.Steward("Uli", "APAC")))).Accepted);
    }

    [StorageFact]
    public async Task What_a_contract_calls_secret_is_dots_in_a_span_its_trace_and_its_comparison()
    {
        await using var world = await Filled();
        const string schema = """{"type":"object","properties":{"profile":{"type":"string","x-oc-secret":true}}}""";
        await world.Send(new SetContract("invoice", new ContractBody("Invoice", new(null, null, "invoice", null), schema, null), null, Staff.Root));

        var span = (await world.Send(new ShowSpan(Hex(Failed), "0000000000000001", Staff.Root))).Value!;
        var trace = (await world.Send(new ShowTrace(Hex(Failed), Staff.Root))).Value!;
        var compared = (await world.Send(new CompareTraces(Hex(Failed), null, Staff.Root))).Value!;

        Assert.All([span, .. trace.Spans], one => Assert.Equal("••••••", one.Attributes.GetProperty("profile").GetString()));
        Assert.Contains(compared.Attributes, one => one is { Name: "profile", Here: "••••••", Healthy: "••••••" });
    }

    [StorageFact]
    public async Task A_trace_that_is_asked_again_keeps_its_spans_until_more_have_come()
    {
        await using var world = await Filled();
        var first = (await world.Send(new ShowTrace(Hex(Failed), Staff.Root))).Value!;

        var again = (await world.Send(new ShowTrace(Hex(Failed), Staff.Root, first))).Value!;
        var older = (await world.Send(new ShowTrace(Hex(Failed), Staff.Root, first with { ReceivedAt = SyncSample.Noon.AddDays(-1) }))).Value!;

        Assert.Same(first.Spans, again.Spans);
        Assert.NotSame(first.Spans, older.Spans);
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        foreach (var (id, name, unit, minutes, errors) in new[]
        {
            (Failed, "sync", "EMEA", 0, 1), (NearOfApac, "sync", "APAC", 1, 0), (LaterOfEmea, "sync", "EMEA", 30, 0), (NearButFailed, "sync", "EMEA", -1, 1), (OfAnotherKind, "load", "EMEA", 2, 0),
        })
        {
            var at = SyncSample.Noon.AddMinutes(minutes);
            db.Traces.Add(new TraceSummary { TraceId = Id(id), StartedAt = at, EndedAt = at.AddSeconds(1), Spans = 1, Errors = errors, Service = "hub", Name = name, HasRoot = true, Services = 1, ReceivedAt = at });
            db.TraceKeys.Add(new TraceKey { SpokenKey = Guid.NewGuid(), TraceId = Id(id), Type = "invoice", Id = $"INV-{id}", Unit = unit });
            db.Spans.Add(Root(id, name, at, errors > 0));
        }

        await db.SaveChangesAsync();
        return world;
    }

    private static Span Root(byte trace, string name, DateTimeOffset at, bool failed) => new()
    {
        TraceId = Id(trace), SpanId = [0, 0, 0, 0, 0, 0, 0, 1], StartNanos = (at - DateTimeOffset.UnixEpoch).Ticks * 100, EndNanos = ((at - DateTimeOffset.UnixEpoch).Ticks * 100) + 1_000_000_000,
        Day = DateOnly.FromDateTime(at.UtcDateTime), Name = name, Service = "hub", Failed = failed, Attributes = failed ? """{"profile":"none"}""" : """{"profile":"CA"}""",
        ReceivedAt = at, SenderId = Guid.Empty,
    };

    private static byte[] Id(byte of) => [.. Enumerable.Repeat(of, 16)];

    private static string Hex(byte of) => Convert.ToHexStringLower(Id(of));
}

public static class CompareTracesTests
{
    public sealed class On_postgres : CompareTracesTests<OnPostgres>;

    public sealed class On_sqlserver : CompareTracesTests<OnSqlServer>;
}
