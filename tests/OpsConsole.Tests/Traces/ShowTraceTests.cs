using OpsConsole.Events;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>A trace of two spans that speaks of an invoice of EMEA and a payment of APAC; both have failed.</summary>
public abstract class ShowTraceTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly byte[] s_id = [.. Enumerable.Repeat((byte)7, 16)];
    private static readonly ObjectRef s_invoice = new("invoice", "INV-1");
    private static readonly ObjectRef s_payment = new("payment", "PAY-1");

    [StorageFact]
    public async Task Whoever_may_see_everything_sees_its_spans_and_all_that_it_speaks_of()
    {
        await using var world = await Filled();

        var read = (await world.Send(new ShowTrace(Convert.ToHexString(s_id), Staff.Root))).Value!;

        Assert.Equal([("sync", 0, false), ("post", 1, true)], read.Spans.Select(span => (span.Name, span.Depth, span.Failed)));
        Assert.Equal(("timeout", "2.1", "E1"), (read.Spans[1].ErrorMessage, read.Spans[1].ServiceVersion, read.Spans[1].ErrorCode));
        Assert.Equal("INV-1", read.Spans[0].Attributes.GetProperty("biz.invoice").GetString());
        Assert.Equal([s_invoice, s_payment], read.Objects.Select(one => new ObjectRef(one.Type, one.Id)));
        Assert.Equal(["INV-1", "PAY-1"], read.Exceptions.Select(one => one.About.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["INV-1", "PAY-1"], read.Facts.Select(fact => fact.Id).Order(StringComparer.Ordinal));
    }

    [StorageFact]
    public async Task A_reader_of_one_unit_sees_only_what_is_in_it()
    {
        await using var world = await Filled();

        var read = (await world.Send(new ShowTrace(Convert.ToHexString(s_id), Staff.Steward("Ines", "EMEA")))).Value!;

        Assert.Equal(2, read.Spans.Count);
        Assert.Equal("INV-1", Assert.Single(read.Objects).Id);
        Assert.Equal(s_invoice, Assert.Single(read.Exceptions).About);
        Assert.Equal("INV-1", Assert.Single(read.Facts).Id);
        Assert.False((await world.Send(new ShowTrace(Convert.ToHexString(s_id), Staff.Steward("Uli", "DACH")))).Accepted);
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Objects.AddRange(Known(s_invoice, "EMEA"), Known(s_payment, "APAC"));
        db.Traces.Add(new TraceSummary
        {
            TraceId = s_id, StartedAt = SyncSample.Noon, EndedAt = SyncSample.Noon.AddSeconds(1), Spans = 2, Errors = 1, Service = "hub", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = SyncSample.Noon,
        });
        db.TraceKeys.AddRange(Speaks(s_payment), Speaks(s_invoice));
        db.Spans.AddRange(Some(1, null, "sync", """{"biz.invoice":"INV-1"}"""), Some(2, 1, "post", """{"error.type":"E1"}"""));
        await db.SaveChangesAsync();
        await world.Fails(new FailureSample { Id = s_invoice.Id });
        await world.Fails(new FailureSample { Type = s_payment.Type, Id = s_payment.Id, Unit = "APAC" });
        return world;
    }

    private static BusinessObject Known(ObjectRef what, string unit) => new() { Key = what.Key, Type = what.Type, Id = what.Id, Unit = unit, ReceivedAt = SyncSample.Noon, Facts = 1 };

    private static TraceKey Speaks(ObjectRef of) => new() { SpokenKey = of.Key, TraceId = s_id, Type = of.Type, Id = of.Id };

    private static Span Some(byte id, byte? parent, string name, string attributes)
    {
        var start = ((SyncSample.Noon - DateTimeOffset.UnixEpoch).Ticks * 100) + id;
        return new Span
        {
            TraceId = s_id, SpanId = [0, 0, 0, 0, 0, 0, 0, id], ParentSpanId = parent is { } of ? [0, 0, 0, 0, 0, 0, 0, of] : null, StartNanos = start, EndNanos = start + 1_000,
            Day = DateOnly.FromDateTime(SyncSample.Noon.UtcDateTime), Name = name, Service = "hub", Failed = parent is not null, StatusMessage = parent is null ? null : "timeout",
            Attributes = attributes, Resource = """{"service.version":"2.1"}""", ReceivedAt = SyncSample.Noon, SenderId = Guid.Empty,
        };
    }
}

public static class ShowTraceTests
{
    public sealed class On_postgres : ShowTraceTests<OnPostgres>;

    public sealed class On_sqlserver : ShowTraceTests<OnSqlServer>;
}
