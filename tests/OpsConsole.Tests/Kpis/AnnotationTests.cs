using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Kpis;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Kpis;

public abstract class AnnotationTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Actor s_local = Staff.Person("Local", Scope.Of("EMEA"), Role.Administrator);

    [StorageFact]
    public async Task A_release_stands_on_the_charts_of_its_time_until_it_is_removed()
    {
        await using var world = await World.Start<TBrand>();
        var now = world.Clock.GetUtcNow();

        var set = (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Release, " NetSuite 2026.2 ", now.AddDays(-2)), Staff.Root))).Value!;
        var changed = (await world.Send(new SetAnnotation(set.Id, new AnnotationBody(AnnotationKind.Outage, "NetSuite down", now.AddDays(-3), now.AddDays(-2)), Staff.Root))).Value!;

        Assert.Equal(("NetSuite 2026.2", "NetSuite down"), (set.Text, changed.Text));
        Assert.Equal([changed], (await Details(world, "30d", Staff.Ines)).Annotations);
        Assert.Empty((await Details(world, "24h", Staff.Ines)).Annotations);
        Assert.True((await world.Send(new RemoveAnnotation(set.Id, Staff.Root))).Accepted);
        Assert.Empty((await Details(world, "30d", Staff.Ines)).Annotations);
        await using var db = world.Open();
        Assert.Equal(["annotation.remove", "annotation.set", "annotation.set"], await db.Audit.Where(entry => entry.Action.StartsWith("annotation.")).OrderBy(entry => entry.Action).Select(entry => entry.Action).ToListAsync());
    }

    [StorageFact]
    public async Task What_concerns_a_unit_is_seen_and_set_in_that_unit_only()
    {
        await using var world = await World.Start<TBrand>();
        var now = world.Clock.GetUtcNow();

        var far = (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "Holiday", now, Unit: "APAC"), Staff.Root))).Value!;

        Assert.Empty((await world.Send(new ListAnnotations(null, null, null, s_local))).Value!.Items);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new SetAnnotation(far.Id, new AnnotationBody(AnnotationKind.Other, "Mine", now, Unit: "EMEA"), s_local))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new RemoveAnnotation(far.Id, s_local))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "Everywhere", now), s_local))).Refusal?.Kind);
        Assert.True((await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "Here", now, Unit: "EMEA"), s_local))).Accepted);
        Assert.Equal(1, (await world.Send(new ListAnnotations("APAC", null, null, Staff.Root))).Value!.Total);
    }

    [StorageFact]
    public async Task Nobody_without_the_right_sets_one_and_nothing_senseless_is_set()
    {
        await using var world = await World.Start<TBrand>();
        var now = world.Clock.GetUtcNow();

        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "x", now), Staff.Ines))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, " ", now), Staff.Root))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "x", now, now.AddHours(-1)), Staff.Root))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SetAnnotation(null, new AnnotationBody(AnnotationKind.Other, "x", now.AddYears(2)), Staff.Root))).Refusal?.Kind);
    }

    private static async Task<KpiDetails> Details(World world, string period, Actor actor) => (await world.Send(new ShowKpi("amount-at-risk", new BoardFilter { Period = period }, actor))).Value!;
}

public static class AnnotationTests
{
    public sealed class On_postgres : AnnotationTests<OnPostgres>;

    public sealed class On_sqlserver : AnnotationTests<OnSqlServer>;
}
