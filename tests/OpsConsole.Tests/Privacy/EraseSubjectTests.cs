using System.Text;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Evidence;
using OpsConsole.Privacy;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Privacy;

/// <summary>A person is erased wherever they stand; what proves what was done stays whole.</summary>
public abstract class EraseSubjectTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Mail = "anna.lind@example.org";
    private const string Reason = "she asked us to forget her";
    private const string Original = """{"tranId":"INV-1001", "taxProfile":null,"contact":{"email":"Anna.Lind@example.org"},"amount":5200.00}""";
    private const string Schema = """
        {"type":"object","properties":{"tranId":{"type":"string"},"taxProfile":{"type":["string","null"],"x-oc-changeable":true},"amount":{"type":"number"},
          "contact":{"type":"object","properties":{"email":{"type":"string","x-oc-personal":true}}}}}
        """;

    private static readonly byte[] s_trace = [.. Enumerable.Repeat((byte)7, 16)];
    private static readonly Actor s_officer = Staff.Person("Olga Ivers", Scope.All, Role.DataProtection);

    [StorageFact]
    public async Task They_are_found_first_and_erased_then_and_nothing_of_before_is_left()
    {
        await using var world = await Filled();

        var found = (await world.Send(new FindSubject([Mail], s_officer))).Value!;
        var erased = await world.Send(new EraseSubject([Mail], Reason, s_officer));
        var left = (await world.Send(new FindSubject([Mail], s_officer))).Value!;

        Assert.Equal((1, 1, 1, 1, 2), (found.Objects, found.Exceptions, found.Payloads, found.Events, found.Telemetry));
        Assert.Equal(found.Total, Accepted(erased).Total);
        Assert.Equal(0, left.Total);
        await using var db = world.Open();
        Assert.Equal(Original.Replace("Anna.Lind@example.org", "erased", StringComparison.Ordinal).Replace("null", "\"DE\"", StringComparison.Ordinal), (await db.PayloadVersions.SingleAsync()).Body);
        Assert.Contains("\"email\":\"erased\"", Encoding.UTF8.GetString((await db.Events.SingleAsync()).Data), StringComparison.Ordinal);
        foreach (var table in new[] { "object_states", "cases", "case_steps", "signals", "payload_versions" })
        {
#pragma warning disable EF1002 // Names made right here.
            var kept = await db.Database.SqlQueryRaw<int>($"SELECT CAST(count(*) AS int) AS \"Value\" FROM past_{table}_was").ToListAsync();
#pragma warning restore EF1002
            Assert.Equal((table, 0), (table, kept.Single()));
        }
    }

    [StorageFact]
    public async Task The_chain_and_a_pack_of_before_still_verify_and_the_entry_names_no_value()
    {
        await using var world = await Filled();
        var found = await world.Case(new FailureSample().CaseId);
        var pack = Accepted(await world.Send(new PackCase(found.Name, s_officer)));
        var before = await Verified(world);

        Accepted(await world.Send(new EraseSubject([Mail], Reason, s_officer)));
        var after = await Verified(world);

        Assert.True(before.Holds && after.Holds);
        Assert.True(after.Sealed + after.Unsealed > before.Sealed + before.Unsealed);
        await using var content = pack.Content;
        await using var db = world.Open();
        var verdict = PackCheck.Verify(content, [], [.. await db.AuditKeys.Select(k => k.PublicKey).ToListAsync()]);
        Assert.True(verdict.Holds, string.Join('\n', verdict.Faults.Select(fault => fault.Says)));
        var entry = Assert.Single((await world.Send(new ListAudit(new AuditFilter(Action: "subject.erase"), null, 50, Staff.Root))).Value!.Items);
        Assert.DoesNotContain("anna", entry.Subject + entry.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [StorageFact]
    public async Task A_repeat_of_an_erased_event_is_still_a_duplicate()
    {
        await using var world = await Filled();
        byte[] content;
        await using (var db = world.Open())
        {
            content = (await db.Events.SingleAsync()).Content;
        }

        Accepted(await world.Send(new EraseSubject([Mail], Reason, s_officer)));

        await using var after = world.Open();
        Assert.Equal(content, (await after.Events.SingleAsync()).Content);
    }

    [StorageFact]
    public async Task What_is_held_is_named_and_left()
    {
        await using var world = await Filled();
        Accepted(await world.Send(new PlaceHold(new HoldOn(ObjectType: "invoice", ObjectId: "INV-1001"), "the court asked us to keep it", s_officer)));

        var erased = Accepted(await world.Send(new EraseSubject([Mail], Reason, s_officer)));

        Assert.Equal(0, erased.Objects + erased.Exceptions + erased.Payloads + erased.Events);
        Assert.Contains("invoice INV-1001", erased.Held);
        await using var db = world.Open();
        Assert.Contains("Anna.Lind", (await db.PayloadVersions.SingleAsync()).Body, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task It_takes_the_right_a_reason_without_the_value_and_values_that_mean_somebody()
    {
        await using var world = await World.Start<TBrand>();

        var refused = new[]
        {
            await world.Send(new EraseSubject([Mail], Reason, Staff.Root)),
            await world.Send(new EraseSubject([Mail], "because", s_officer)),
            await world.Send(new EraseSubject([Mail], $"we forget {Mail} now", s_officer)),
            await world.Send(new EraseSubject(["an"], Reason, s_officer)),
            await world.Send(new EraseSubject([Mail], Reason, Staff.Person("Olga", Scope.Of("EMEA"), Role.DataProtection))),
        };

        Assert.Equal([RefusalKind.Forbidden, RefusalKind.Invalid, RefusalKind.Invalid, RefusalKind.Invalid, RefusalKind.Forbidden], refused.Select(one => one.Refusal!.Kind));
    }

    private static async Task<ChainVerdict> Verified(World world) => (await world.Send(new VerifyAudit(s_officer))).Value!;

    private static async Task<World> Filled()
    {
        var world = await World.Start<TBrand>();
        Accepted(await world.Send(new SetContract("invoice", new ContractBody("Invoice", new(null, null, "invoice", null), Schema, null), null, Staff.Root)));
        await using (var db = world.Open())
        {
            var (key, at) = (Ids.OfObject("invoice", "INV-1001"), SyncSample.Noon);
            db.Objects.Add(new BusinessObject { Key = key, Type = "invoice", Id = "INV-1001", Unit = "EMEA", Facts = 1, FirstAt = at, LastAt = at, ReceivedAt = at });
            db.ObjectStates.Add(new ObjectState
            {
                ObjectKey = key, System = "netsuite", Outcome = SyncOutcome.Failed, Time = at, ReceivedAt = at, EventKey = Ids.OfEvent("urn:samples", "x"), Attributes = """{"email":"anna.lind@example.org","terms":"NET30"}""",
            });
            var start = (at - DateTimeOffset.UnixEpoch).Ticks * 100;
            db.Spans.Add(new Span
            {
                TraceId = s_trace, SpanId = [0, 0, 0, 0, 0, 0, 0, 1], StartNanos = start, EndNanos = start + 1_000, Day = DateOnly.FromDateTime(at.UtcDateTime), Name = "post", Service = "hub", ReceivedAt = at,
                SenderId = Guid.Empty, Attributes = """{"app.email":"anna.lind@example.org"}""",
            });
            await db.SaveChangesAsync();
            await db.Dialect.Insert(
                db,
                [new LogRecord { Key = Guid.NewGuid(), TimeNanos = start, Day = DateOnly.FromDateTime(at.UtcDateTime), Severity = 9, Body = "mail to anna.lind@example.org bounced", Service = "hub", ReceivedAt = at, SenderId = Guid.Empty }],
                CancellationToken.None);
        }

        var found = await world.Fails(new FailureSample { Payload = Original, Label = Mail });
        Accepted(await world.Claim(found.Id, Staff.Ines));
        Accepted(await world.Send(new RepairPayload(found.Id, null, "", "", Staff.Ines) { Edits = new Dictionary<string, string?> { ["/taxProfile"] = "\"DE\"" } }));
        Accepted(await world.Send(new CommentCase(found.Id, "wrote to anna.lind@example.org about it", Staff.Ines)));
        return world;
    }

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class EraseSubjectTests
{
    public sealed class On_postgres : EraseSubjectTests<OnPostgres>;

    public sealed class On_sqlserver : EraseSubjectTests<OnSqlServer>;
}
