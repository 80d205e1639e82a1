using Microsoft.EntityFrameworkCore;
using OpsConsole.Routing;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Routing;

/// <summary>Invoices are due in 8 hours in "AR invoices" by the first book.</summary>
public abstract class WhatIfTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly RuleBody s_tax = new("Tax", "tax-profile-missing", null, null, null, null, null, "tax-team", 2, QueueLabel: "Tax team");

    [StorageFact]
    public async Task A_draft_decides_nothing_and_says_what_it_changes()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();

        var draft = await Draft(world, rules => [new BookRule(Ids.Key(["tax"]), s_tax), .. rules]);
        await world.Look();

        Assert.Equal("ar-invoices", (await world.Case(found.Id)).Queue);
        Assert.Equal((true, 1, "New: Tax: type Tax profile missing → Tax team, due in 2h"), (draft.Exists, draft.BasedOn, Assert.Single(draft.Changes)));
        Assert.False((await world.Send(new ShowDraft(Staff.Person("Other", Scope.All, OpsConsole.Access.Role.Administrator)))).Value!.Exists);
    }

    [StorageFact]
    public async Task It_tells_what_moves_what_is_missed_and_who_would_have_it_and_each_number_is_its_rows()
    {
        await using var world = await World.Start<TBrand>();
        var (worked, idle) = (await world.Fails(), await world.Fails(new FailureSample { Id = "INV-2", Amount = 100 }));
        var payment = await world.Fails(new FailureSample { Id = "PAY-1", Type = "payment", ErrorCode = "OTHER", Category = "unknown" });
        await world.Claim(worked.Id, Staff.Ines);
        world.Clock.Pass(TimeSpan.FromHours(4));
        await Draft(world, rules => [new BookRule(Ids.Key(["tax"]), s_tax with { EntityType = "invoice" }), .. rules.Where(rule => rule.Rule.EntityType != "payment")]);

        var report = (await world.Send(new WhatIf(7, Staff.Root))).Value!;

        Assert.Equal((3, 3, 2), (report.Looked, report.Moved.Count, report.Moves.Count));
        Assert.Equal((2, 5_300m, "ar-invoices", "tax-team"), (report.Moves[0].Group.Count, report.Moves[0].Group.AtRisk, report.Moves[0].From, report.Moves[0].To));
        Assert.Equal((0, 2, 2), (report.Now.Missed.Count, report.Draft.Missed.Count, report.Worse.Count));
        Assert.Equal((0, 1), (report.OrphansNow.Count, report.OrphansDraft.Count));
        Assert.Equal([("Ines Moreau", 1, 0.0), ("Nobody has worked there yet", 0, 1.0)], report.Stewards.OrderBy(one => one.Name).Select(one => (one.Name, one.Now.Count, one.Draft)));
        foreach (var number in Numbers(report))
        {
            var rows = (await world.Send(new WhatIfRows(7, number.Of, null, 500, Staff.Root))).Value!;
            Assert.Equal((number.Of, number.Count), (number.Of, rows.Total));
        }

        Assert.Equal([payment.Id], (await world.Send(new WhatIfRows(7, "orphans-draft", null, 10, Staff.Root))).Value!.Items.Select(row => row.Id));
        Assert.Equal("tax-team", (await world.Send(new WhatIfRows(7, "worse", null, 1, Staff.Root))).Value!.Items[0].QueueDraft);
        Assert.NotEqual(idle.Id, worked.Id);
    }

    [StorageFact]
    public async Task Its_rows_are_paged_without_a_gap_and_a_number_that_is_none_is_refused()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says([.. Enumerable.Range(1, 5).Select(i => new FailureSample { Id = $"INV-{i}", Amount = i })]);
        await world.Look();

        var (seen, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await world.Send(new WhatIfRows(7, "queue-now/ar-invoices", after, 2, Staff.Root))).Value!;
            seen.AddRange(page.Items.Select(row => row.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new WhatIfRows(7, "all/of/them", null, 2, Staff.Root))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new WhatIf(91, Staff.Root))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task What_a_what_if_says_is_what_publishing_does_and_it_can_be_taken_back()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says(new FailureSample(), new FailureSample { Id = "INV-2" }, new FailureSample { Id = "CUS-1", Type = "customer", ErrorCode = "OTHER" });
        await world.Look();
        await Draft(world, rules => [new BookRule(Ids.Key(["tax"]), s_tax), .. rules]);
        var said = (await world.Send(new WhatIfRows(7, "moved", null, 10, Staff.Root))).Value!.Items;

        var silent = await world.Send(new PublishDraft(1, " ", Staff.Root));
        var published = await world.Send(new PublishDraft(1, "The tax team begins", Staff.Root));
        await world.Look();
        var moved = await Queues(world);
        var back = await world.Send(new TakeBack(1, 2, "They are not there yet", Staff.Root));
        await world.Look();

        Assert.Equal(RefusalKind.Invalid, silent.Refusal?.Kind);
        Assert.Equal((2, 3), (published.Value?.Version, back.Value?.Version));
        Assert.Equal(said.Select(row => (row.Id, row.QueueDraft)).Order(), moved.Where(one => one.Queue == "tax-team").Select(one => (one.Id, one.Queue!)).Order());
        Assert.DoesNotContain(await Queues(world), one => one.Queue == "tax-team");
        var versions = (await world.Send(new ListBookVersions(Staff.Ines))).Value!.Items;
        Assert.Equal([(3, "They are not there yet", 1), (2, "The tax team begins", null), (1, "As the console came", (int?)null)], versions.Select(one => (one.Version, one.Note, one.BroughtBack)));
        Assert.StartsWith("Deleted: Tax", Assert.Single(versions[0].Changes), StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Equal(["rules.publish", "rules.take-back"], await db.Audit.Where(entry => entry.Action.StartsWith("rules.")).OrderBy(entry => entry.Action).Select(entry => entry.Action).ToListAsync());
    }

    [StorageFact]
    public async Task A_book_that_was_changed_since_is_not_overwritten_unseen_and_of_two_who_publish_one_does()
    {
        await using var world = await World.Start<TBrand>();
        await Draft(world, rules => [.. rules.Skip(1)]);
        await world.Send(new SaveRule(null, s_tax, Staff.Root));

        var stale = await world.Send(new PublishDraft(1, "Late", Staff.Root));
        var seen = await world.Send(new PublishDraft(2, "I have seen it", Staff.Root));
        var again = await world.Send(new PublishDraft(3, "Twice", Staff.Root));

        Assert.Equal((RefusalKind.Stale, 3, RefusalKind.Conflict), (stale.Refusal?.Kind, seen.Value?.Version, again.Refusal?.Kind));
    }

    [StorageFact]
    public async Task A_past_exception_is_explained_by_the_book_that_decided_then_and_by_todays()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await Draft(world, rules => [new BookRule(Ids.Key(["tax"]), s_tax), .. rules]);
        await world.Send(new PublishDraft(1, "The tax team begins", Staff.Root));
        await world.Look();

        var explained = (await world.Send(new ExplainRouting(found.Id, Staff.Ines))).Value!;

        Assert.Equal(("ar-invoices", "tax-team", 1, false), (explained.Queue, explained.WouldBe, explained.Then?.Version, explained.Then?.IsNow));
        Assert.Equal(("Invoices", "Tax"), (explained.Then?.Rules[^1].Name, explained.Rules[^1].Name));
    }

    [StorageFact]
    public async Task A_draft_needs_the_right_and_known_calendars()
    {
        await using var world = await World.Start<TBrand>();

        var steward = await world.Send(new SetDraft([], Staff.Ines));
        var wrong = await world.Send(new SetDraft([new BookRule(Guid.NewGuid(), s_tax with { Calendar = "moon" })], Staff.Root));

        Assert.Equal((RefusalKind.Forbidden, "calendar: \"moon\" must be a calendar's name, or \"unit\""), (steward.Refusal?.Kind, wrong.Refusal?.Message));
    }

    private static async Task<DraftView> Draft(World world, Func<IReadOnlyList<BookRule>, IReadOnlyList<BookRule>> change)
    {
        var book = (await world.Send(new ShowDraft(Staff.Root))).Value!.Rules;
        var set = await world.Send(new SetDraft(change(book), Staff.Root));
        Assert.True(set.Accepted, set.Refusal?.Message);
        return set.Value!;
    }

    private static async Task<List<(Guid Id, string? Queue)>> Queues(World world)
    {
        await using var db = world.Open();
        return (await db.Cases.AsNoTracking().ToListAsync()).ConvertAll(c => (c.Id, c.Queue));
    }

    private static IEnumerable<WhatIfGroup> Numbers(WhatIfReport report) =>
    [
        report.Moved, report.Better, report.Worse, report.OrphansNow, report.OrphansDraft, report.Now.Met, report.Now.Missed, report.Now.Running, report.Draft.Met, report.Draft.Missed,
        report.Draft.Running, .. report.Moves.Select(move => move.Group), .. report.Queues.SelectMany(queue => new[] { queue.Now, queue.Draft }),
        .. report.Rules.SelectMany(rule => new[] { rule.Now, rule.Draft }), .. report.Stewards.Select(one => one.Now).Where(one => one.Of.Length > 0),
    ];
}

public static class WhatIfTests
{
    public sealed class On_postgres : WhatIfTests<OnPostgres>;

    public sealed class On_sqlserver : WhatIfTests<OnSqlServer>;
}
