using System.Collections.Frozen;
using OpsConsole.Contracts;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>A trace of EMEA with four log records: two of one span, one of another, one of none. Beside them another trace's, and one of no trace.</summary>
public abstract class TraceLogsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string First = "0000000000000001";
    private static readonly byte[] s_id = [.. Enumerable.Repeat((byte)7, 16)];
    private static readonly byte[] s_other = [.. Enumerable.Repeat((byte)8, 16)];

    [StorageFact]
    public async Task The_logs_of_a_trace_come_by_time_and_each_is_counted_under_its_span()
    {
        await using var world = await Filled();

        var all = (await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, Staff.Root))).Value!;
        var counts = (await world.Send(new CountTraceLogs(Convert.ToHexString(s_id), Staff.Root))).Value!;

        Assert.Equal((4L, null), (all.Total, all.Next));
        Assert.Equal(["one", "two", "three", "four"], all.Items.Select(log => log.Body));
        Assert.Equal(["info", "warning", "error", "unspecified"], all.Items.Select(log => log.Severity));
        Assert.Equal((4, 2, 1, 0), (counts.Total, counts.Of(First), counts.Of("0000000000000002"), counts.Of("0000000000000009")));
        Assert.Equal("x", all.Items[0].Attributes.GetProperty("key").GetString());
    }

    [StorageFact]
    public async Task The_logs_of_one_span_are_asked_for_by_its_id()
    {
        await using var world = await Filled();

        var one = (await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), First, Staff.Root))).Value!;
        var wrong = await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), "1", Staff.Root));

        Assert.Equal(["one", "three"], one.Items.Select(log => log.Body));
        Assert.Equal(RefusalKind.Invalid, wrong.Refusal?.Kind);
    }

    [StorageFact]
    public async Task They_are_paged_by_keys_with_nothing_twice_and_nothing_left_out()
    {
        await using var world = await Filled();
        var seen = new List<string?>();
        string? after = null;

        do
        {
            var page = (await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, Staff.Root, after, 1))).Value!;
            Assert.Equal(4, page.Total);
            seen.AddRange(page.Items.Select(log => log.Body));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["one", "two", "three", "four"], seen);
    }

    [StorageFact]
    public async Task Who_does_not_see_the_trace_sees_none_of_its_logs()
    {
        await using var world = await Filled();

        var seen = await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, Staff.Steward("Ines", "EMEA")));
        var foreign = await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, Staff.Steward("Uli", "DACH")));
        var counted = await world.Send(new CountTraceLogs(Convert.ToHexString(s_id), Staff.Steward("Uli", "DACH")));

        Assert.Equal(4, seen.Value!.Total);
        Assert.Equal((RefusalKind.NotFound, RefusalKind.NotFound), (foreign.Refusal!.Kind, counted.Refusal!.Kind));
    }

    [StorageFact]
    public async Task What_a_contract_calls_secret_is_dots_for_everybody()
    {
        await using var world = await Filled();
        const string schema = """{"type":"object","properties":{"key":{"type":"string","x-oc-secret":true}}}""";
        await world.Send(new SetContract("invoice", new ContractBody("Invoice", new(null, null, "invoice", null), schema, null), null, Staff.Root));
        await using (var db = world.Open())
        {
            await db.Dialect.Insert(db, [Log(4, s_id, 2, 9, """{"key":"4711-KEY","qty":1}""")], CancellationToken.None);
        }

        var all = (await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, Staff.Root))).Value!.Items;

        Assert.All(all, log => Assert.Equal("••••••", log.Attributes.GetProperty("key").GetString()));
        Assert.Equal(["one", "two", "three", "four", """{"key":"••••••","qty":1}"""], all.Select(log => log.Body));
    }

    [StorageFact]
    public async Task Who_may_not_read_exceptions_sees_that_something_was_logged_and_not_what_it_says()
    {
        await using var world = await Filled();
        var reader = Staff.Root with { Rights = new[] { Right.ReadFacts }.ToFrozenSet() };

        var all = (await world.Send(new ListTraceLogs(Convert.ToHexString(s_id), null, reader))).Value!.Items;

        Assert.Equal(["info", "warning", "error", "unspecified"], all.Select(log => log.Severity));
        Assert.All(all, log => Assert.Equal("••••••", log.Body));
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Traces.AddRange(Trace(s_id), Trace(s_other));
        db.TraceKeys.Add(new TraceKey { SpokenKey = Guid.NewGuid(), TraceId = s_id, Type = "invoice", Id = "INV-1", Unit = "EMEA" });
        await db.Dialect.Insert(
            db,
            [
                Log(1, s_id, 1, 9, "one"), Log(2, s_id, 2, 13, "two"), Log(2, s_id, 1, 17, "three"), Log(3, s_id, null, 0, "four"),
                Log(1, s_other, 1, 9, "of another"), Log(1, null, null, 9, "of none"),
            ],
            CancellationToken.None);
        await db.SaveChangesAsync();
        return world;
    }

    private static TraceSummary Trace(byte[] id) => new()
    {
        TraceId = id, StartedAt = SyncSample.Noon, EndedAt = SyncSample.Noon.AddSeconds(1), Spans = 2, Errors = 0, Service = "hub", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = SyncSample.Noon,
    };

    private static int s_key;

    // Two of one moment stand in the order of their keys.
    private static LogRecord Log(int millisecond, byte[]? trace, byte? span, short severity, string body) => new()
    {
        Key = new Guid(++s_key, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        Day = DateOnly.FromDateTime(SyncSample.Noon.UtcDateTime),
        TimeNanos = ((SyncSample.Noon - DateTimeOffset.UnixEpoch).Ticks * 100) + (millisecond * 1_000_000L),
        TraceId = trace,
        SpanId = span is { } id ? [0, 0, 0, 0, 0, 0, 0, id] : null,
        Severity = severity,
        Body = body,
        Service = "hub",
        Attributes = """{"key":"x"}""",
        ReceivedAt = SyncSample.Noon,
        SenderId = Guid.Empty,
    };
}

public static class TraceLogsTests
{
    public sealed class On_postgres : TraceLogsTests<OnPostgres>;

    public sealed class On_sqlserver : TraceLogsTests<OnSqlServer>;
}
