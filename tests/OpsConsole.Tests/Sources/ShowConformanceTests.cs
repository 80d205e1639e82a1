using OpsConsole.Events;
using OpsConsole.Intake;
using OpsConsole.Intake.Samples;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Sources;

/// <summary>A source of EMEA that sent an event with everything, one that names nothing and runs ahead, and two traces of which one names nothing.</summary>
public abstract class ShowConformanceTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateTimeOffset s_now = SyncSample.Noon;
    private static readonly Guid s_id = new("0196e3a1-0000-7000-8000-0000000000c1");

    [StorageFact]
    public async Task Shares_are_of_the_facts_that_could_have_it()
    {
        await using var world = await Filled();

        var found = (await world.Send(new ShowConformance("middleware", Staff.Root))).Value!;

        Assert.Equal((2L, 3L), (found.Events, found.Spans));
        Assert.Equal(("unit", 1L, 2L), Line(found, "unit"));
        Assert.Equal(("amount", 1L, 2L), Line(found, "amount"));
        Assert.Equal(("operation", 1L, 2L), Line(found, "operation"));
        Assert.Equal(("payload", 0L, 1L), Line(found, "payload"));
        Assert.Equal(("idempotency-key", 1L, 1L), Line(found, "idempotency-key"));
        Assert.Equal(("clock", 1L, 2L), Line(found, "clock"));
        Assert.Equal(("keys", 1L, 2L), Line(found, "keys"));
        Assert.Equal(("span-unit", 0L, 1L), Line(found, "span-unit"));
        Assert.Equal(("service", 1L, 3L), Line(found, "service"));
        Assert.Equal(("message", 1L, 1L), Line(found, "message"));
        Assert.Equal(("backwards", 1L, 3L), Line(found, "backwards"));
        Assert.Equal(600, found.Clock!.AheadSeconds);
        Assert.Equal(new SourceSettled(2, 3, 1, 4), found.Settled);
        Assert.Equal(("unknown-type", "type", 1L), (found.Rejects[0].Reason, found.Rejects[0].Field, found.Rejects[0].Count));
        Assert.Equal(("lane-full", 7L), (found.TurnedAway[0].Reason, found.TurnedAway[0].Count));
        Assert.Equal(new SentKind("invoice", "erp", 2), Assert.Single(found.Sends));
    }

    [StorageFact]
    public async Task A_source_of_another_unit_is_not_there()
    {
        await using var world = await Filled();
        var support = Staff.Person("Daniel", Scope.Of("APAC"), OpsConsole.Access.Role.Support);

        Assert.Equal(RefusalKind.NotFound, (await world.Send(new ShowConformance("middleware", support))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new CheckSample("{}", "middleware", support))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_sample_is_judged_as_the_door_would_and_nothing_is_stored()
    {
        await using var world = await Filled();
        const string good = """{"specversion":"1.0","type":"opsconsole.sync.v1","source":"urn:a","id":"1","time":"2026-03-31T11:00:00Z","data":{"entity":{"type":"invoice","id":"INV-1"},"system":"erp","outcome":"succeeded"}}""";
        const string wrong = """{"specversion":"1.0","type":"opsconsole.sync.v1","source":"urn:a","id":"2","time":"2026-03-31T11:00:00Z","data":{"entity":{"type":"invoice","id":"INV-1"},"system":"erp","outcome":"maybe"}}""";
        const string foreign = """{"specversion":"1.0","type":"opsconsole.sync.v1","source":"urn:a","id":"3","time":"2026-03-31T11:00:00Z","data":{"entity":{"type":"invoice","id":"INV-1"},"system":"erp","outcome":"succeeded","businessUnit":"APAC"}}""";

        var judged = await Check(world, $"[{good},{wrong}]", null);
        var named = await Check(world, $"[{good},{foreign}]", "middleware");
        var spans = await Check(
            world,
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"a","startTimeUnixNano":"2","endTimeUnixNano":"1"},{"traceId":"5b","spanId":"eee19b7ec3c1b174","name":"b"}]}]}]}""",
            null);

        Assert.Equal(["unit", "amount", "operation", "state", "trace"], judged.Facts[0].Lacks.Select(lack => lack.Code));
        Assert.Contains("outcome", judged.Facts[1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(named.Facts[0].Lacks, lack => lack.Code == "unit");
        Assert.Equal("unit-not-allowed", named.Facts[1].Reason);
        Assert.Equal(["keys", "service", "backwards"], spans.Facts[0].Lacks.Select(lack => lack.Code));
        Assert.Equal("trace-id-invalid", spans.Facts[1].Reason);
        Assert.Contains("not JSON", (await world.Send(new CheckSample("{", null, Staff.Root))).Refusal!.Message, StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Equal((2, 1), (db.Events.Count(), db.Quarantine.Count()));
    }

    private static async Task<CheckedSample> Check(World world, string sample, string? source)
    {
        var answer = await world.Send(new CheckSample(sample, source, Staff.Root));
        Assert.True(answer.Accepted, answer.Refusal?.Message);
        return answer.Value;
    }

    private static (string, long, long) Line(SourceConformance found, string code)
    {
        var line = found.Checks.Single(one => one.Check.Code == code);
        return (line.Check.Code, line.Lacking, line.Asked);
    }

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Sources.Add(new Source { Id = s_id, Name = "middleware", Scopes = KeyScopes.All, Units = ["EMEA"], CreatedAt = s_now.AddDays(-30) });
        db.IntakeCounts.AddRange(
            new IntakeCount { SourceId = s_id, Kind = "events", Stored = 2, Duplicates = 1, Conflicts = 1, Quarantined = 4 }, new IntakeCount { SourceId = s_id, Kind = "spans", Duplicates = 2 });
        db.SourceRefusals.Add(new SourceRefusal { SourceId = s_id, Hour = s_now.AddHours(-2), Reason = "lane-full", Count = 7, LastAt = s_now.AddHours(-2) });
        db.Quarantine.Add(new Quarantined
        {
            Id = Guid.NewGuid(), Kind = "events", SenderId = s_id, Reason = "unknown-type", Message = "type: there is no mapping", Field = "type", ContentType = "application/cloudevents+json", Bytes = [1], ReceivedAt = s_now,
        });
        db.Events.AddRange(
            Sent(new SyncSample { Unit = "EMEA", Amount = 10, Currency = "EUR", State = "posted", Time = s_now.AddMinutes(-5), ReceivedAt = s_now.AddMinutes(-4) }.Build(), false),
            Sent(new SyncSample { Operation = "", Outcome = SyncOutcome.Failed, ErrorCode = "E", Time = s_now.AddMinutes(10), ReceivedAt = s_now }.Build(), true));
        db.TraceKeys.Add(new TraceKey { SpokenKey = Ids.OfObject("invoice", "INV-1"), TraceId = Id(1), Type = "invoice", Id = "INV-1", Unit = "EMEA" });
        db.Spans.AddRange(Some(1, 1, null, "erp", 5), Some(1, 2, 1, "unknown_service", -5), Some(2, 1, null, "erp", 5, failed: true));
        await db.SaveChangesAsync();
        return world;
    }

    private static SyncEvent Sent(SyncEvent e, bool payload) => new()
    {
        Key = e.Key, BatchId = e.BatchId, SenderId = s_id, Source = e.Source, Id = e.Id, Type = e.Type, Time = e.Time, ReceivedAt = e.ReceivedAt, Content = e.Content, SpokenKey = e.SpokenKey,
        EntityType = e.EntityType, EntityId = e.EntityId, System = e.System, Operation = e.Operation, Outcome = e.Outcome, State = e.State, BusinessUnit = e.BusinessUnit, Amount = e.Amount,
        Currency = e.Currency, ErrorCode = e.ErrorCode, HasPayload = payload, Data = e.Data,
    };

    private static byte[] Id(byte id) => [.. Enumerable.Repeat(id, 16)];

    private static Span Some(byte trace, byte id, byte? parent, string service, int milliseconds, bool failed = false)
    {
        var start = (s_now.AddMinutes(-1) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new Span
        {
            TraceId = Id(trace), SpanId = [0, 0, 0, 0, 0, 0, 0, id], ParentSpanId = parent is { } of ? [0, 0, 0, 0, 0, 0, 0, of] : null, StartNanos = start, EndNanos = start + (milliseconds * 1_000_000L),
            Day = DateOnly.FromDateTime(s_now.UtcDateTime), Name = "post", Service = service, Failed = failed, ReceivedAt = s_now, SenderId = s_id,
        };
    }
}

public static class ShowConformanceTests
{
    public sealed class On_postgres : ShowConformanceTests<OnPostgres>;

    public sealed class On_sqlserver : ShowConformanceTests<OnSqlServer>;
}
