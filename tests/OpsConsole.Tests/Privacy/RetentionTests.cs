using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Privacy;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Privacy;

/// <summary>R18: retention deletes no open work. The clock goes forward 400 days; only closed, unheld rows go, and the audit stays.</summary>
public abstract class RetentionTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Reason = "the court asked us to keep it";
    private static readonly Actor s_officer = Staff.Person("Olga Ivers", Scope.All, Role.DataProtection);

    [StorageFact]
    public async Task Only_closed_and_unheld_rows_go_and_the_audit_stays()
    {
        await using var world = await World.Start<TBrand>();
        var open = await Fails(world, "INV-OPEN");
        var ended = await Ended(world, "INV-ENDED");
        var (byCase, byObject, byUnit) = (await Ended(world, "INV-CASE"), await Ended(world, "INV-OBJECT"), await Ended(world, "INV-UNIT", "DACH"));
        await Place(world, new HoldOn(Case: byCase.Name));
        await Place(world, new HoldOn(ObjectType: "invoice", ObjectId: "INV-OBJECT"));
        await Place(world, new HoldOn(Unit: "DACH", From: new(2026, 3, 1), To: new(2026, 3, 31)));
        var (audit, events) = (await Audit(world), await Count(world, db => db.Events));

        await Pass(world, 400);

        Assert.Equal(
            ["INV-CASE", "INV-OBJECT", "INV-OPEN", "INV-UNIT"],
            await Names(world, db => db.Cases.Select(c => c.ObjectId)));
        Assert.Equal(["INV-CASE", "INV-OBJECT", "INV-OPEN", "INV-UNIT"], await Names(world, db => db.Objects.Select(o => o.Id)));
        Assert.Equal(["INV-CASE", "INV-OBJECT", "INV-OPEN", "INV-UNIT"], await Names(world, db => db.Events.Select(e => e.EntityId)));
        Assert.Equal(0, await Count(world, db => db.CaseSteps.Where(s => s.CaseId == ended.Id)));
        Assert.True(await Count(world, db => db.CaseSteps.Where(s => s.CaseId == byCase.Id)) > 1);
        Assert.Equal(CaseState.Open, (await world.Case(open.Id)).State);
        Assert.Equal(audit, (await Audit(world))[..audit.Count]);
        Assert.Equal((long)events, await Count(world, db => db.Events) + await Deleted(world, "events"));
        Assert.Equal(1, await Deleted(world, "exceptions"));
    }

    [StorageFact]
    public async Task A_hold_that_is_ended_lets_it_go_and_each_day_and_class_is_told_once()
    {
        await using var world = await World.Start<TBrand>();
        var held = await Ended(world, "INV-CASE");
        var hold = await Place(world, new HoldOn(Case: held.Name));
        await Pass(world, 400);
        var before = await Count(world, db => db.Cases);

        var ended = await world.Send(new EndHold(hold.Id, "the court has decided", s_officer));
        await Pass(world, 1);
        await Pass(world, 1);
        await Pass(world, 1);

        Assert.True(ended.Accepted, ended.Refusal?.Message);
        Assert.Equal((1, 0), (before, await Count(world, db => db.Cases)));
        Assert.Equal(
            ["hold.end EX", "hold.place EX", "retention.delete retention of events", "retention.delete retention of exceptions"],
            (await Audit(world)).Where(entry => entry.StartsWith("hold.", StringComparison.Ordinal) || entry.StartsWith("retention.", StringComparison.Ordinal)).Select(entry => entry.Split('-')[0]).Order(StringComparer.Ordinal));
        Assert.False((await world.Send(new EndHold(hold.Id, "the court has decided", s_officer))).Accepted);
    }

    [StorageFact]
    public async Task What_an_open_exception_leans_on_stays_and_what_is_young()
    {
        await using var world = await World.Start<TBrand>();
        await Fails(world, "INV-OPEN");
        await using (var db = world.Open())
        {
            var (order, customer, invoice, alone, young) = (Known(db, "order", "SO-1"), Known(db, "customer", "ACC-1"), Ids.OfObject("invoice", "INV-OPEN"), Known(db, "order", "SO-2"), Known(db, "order", "SO-3"));
            var run = Ids.Key(["orders", "SO-1"]);
            db.Transactions.Add(new Transaction { Key = run, Flow = "orders", LeadKey = order, LeadType = "order", LeadId = "SO-1", Unit = "EMEA", CompletedAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon });
            db.TransactionObjects.AddRange(new[] { order, invoice }.Select(key => new TransactionObject { TransactionKey = run, ObjectKey = key, LeadKey = order, Path = "x" }));
            db.ObjectLinks.Add(new ObjectLink { FromKey = invoice, ToKey = customer, FromType = "invoice", ToType = "customer" });
            (await db.Objects.FindAsync(young))!.ReceivedAt = SyncSample.Noon.AddDays(30);
            await db.SaveChangesAsync();
        }

        await Pass(world, 400);

        Assert.Equal(["ACC-1", "INV-OPEN", "SO-1", "SO-3"], await Names(world, db => db.Objects.Select(o => o.Id)));
        Assert.Equal(["ACC-1", "INV-OPEN", "SO-1", "SO-3"], await Names(world, db => db.Events.Select(e => e.EntityId)));
    }

    [StorageFact]
    public async Task What_went_does_not_come_back_and_a_new_failure_opens_anew()
    {
        await using var world = await World.Start<TBrand>();
        var ended = await Ended(world, "INV-ENDED");
        await Pass(world, 400);
        await world.Look();
        var gone = await Count(world, db => db.Cases);

        await Fails(world, "INV-ENDED", at: world.Clock.Now);

        Assert.Equal((0, 1), (gone, await Count(world, db => db.Cases)));
        Assert.Equal(CaseState.Open, (await world.Case(ended.Id)).State);
    }

    [StorageFact]
    public async Task A_hold_takes_a_right_a_reason_and_something_to_hold()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Fails(world, "INV-1");

        var refused = new[]
        {
            await world.Send(new PlaceHold(new HoldOn(Case: found.Name), Reason, Staff.Root)),
            await world.Send(new PlaceHold(new HoldOn(Case: found.Name), "because", s_officer)),
            await world.Send(new PlaceHold(new HoldOn(Case: "EX-0"), Reason, s_officer)),
            await world.Send(new PlaceHold(new HoldOn(Unit: "EMEA"), Reason, s_officer)),
        };

        Assert.Equal([RefusalKind.Forbidden, RefusalKind.Invalid, RefusalKind.NotFound, RefusalKind.Invalid], refused.Select(one => one.Refusal!.Kind));
    }

    private static Guid Known(OpsDb db, string type, string id)
    {
        var key = Ids.OfObject(type, id);
        db.Objects.Add(new BusinessObject { Key = key, Type = type, Id = id, Unit = "EMEA", FirstAt = SyncSample.Noon, LastAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon, Facts = 1 });
        db.Events.Add(new SyncSample { Id = $"of {id}", Type = type, Entity = id }.Build());
        return key;
    }

    private static async Task<ExceptionCase> Fails(World world, string id, string unit = "EMEA", DateTimeOffset? at = null)
    {
        await using (var db = world.Open())
        {
            var when = at ?? SyncSample.Noon;
            db.Objects.Add(new BusinessObject { Key = Ids.OfObject("invoice", id), Type = "invoice", Id = id, Unit = unit, FirstAt = when, LastAt = when, ReceivedAt = when, Facts = 1 });
            await db.SaveChangesAsync();
        }

        return await world.Fails(new FailureSample { Id = id, Unit = unit, Key = id, At = at ?? SyncSample.Noon });
    }

    private static async Task<ExceptionCase> Ended(World world, string id, string unit = "EMEA")
    {
        var found = await Fails(world, id, unit);
        await world.Claim(found.Id, Staff.Ines);
        var ended = await world.Send(new DismissCase(found.Id, null, "accepted", "it is fine as it is", Staff.Ines));
        Assert.True(ended.Accepted, ended.Refusal?.Message);
        return await world.Case(found.Id);
    }

    private static async Task<HoldRow> Place(World world, HoldOn on)
    {
        var placed = await world.Send(new PlaceHold(on, Reason, s_officer));
        Assert.True(placed.Accepted, placed.Refusal?.Message);
        return placed.Value!;
    }

    private static async Task Pass(World world, int days)
    {
        world.Clock.Pass(TimeSpan.FromDays(days));
        await using (var db = world.Open())
        {
            await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.ConfirmedAt, world.Clock.Now));
        }

        await world.Run<RetentionWorker>(worker => worker.Look(default));
    }

    private static async Task<int> Count<T>(World world, Func<OpsDb, IQueryable<T>> rows)
    {
        await using var db = world.Open();
        return await rows(db).CountAsync();
    }

    private static async Task<long> Deleted(World world, string code)
    {
        await using var db = world.Open();
        return await db.RetentionCounts.Where(c => c.Class == code).SumAsync(c => c.Deleted);
    }

    private static async Task<List<string>> Names(World world, Func<OpsDb, IQueryable<string>> names)
    {
        await using var db = world.Open();
        return [.. (await names(db).Distinct().ToListAsync()).Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> Audit(World world)
    {
        await using var db = world.Open();
        return await db.Audit.OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => a.Action + " " + a.Subject).ToListAsync();
    }
}

public static class RetentionTests
{
    public sealed class On_postgres : RetentionTests<OnPostgres>;

    public sealed class On_sqlserver : RetentionTests<OnSqlServer>;
}
