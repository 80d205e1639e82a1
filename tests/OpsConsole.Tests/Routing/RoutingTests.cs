using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Routing;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Routing;

public abstract class RoutingTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task The_first_rule_that_holds_decides_and_what_none_takes_is_not_orphaned()
    {
        await using var world = await World.Start<TBrand>();

        var large = await world.Fails(new FailureSample { Amount = 150_000m });
        var small = await world.Fails(new FailureSample { Id = "INV-2", Amount = 10m });
        var parcel = await world.Fails(new FailureSample { Id = "PK-1", Type = "package" });

        Assert.Equal(("Large invoices", "Invoices", "No rule fits"), (Rule(large), Rule(small), Rule(parcel)));
        Assert.Equal(("ar-invoices", WorkQueue.Fallback), (large.Queue, parcel.Queue));
        Assert.Equal(large.OpenedAt.AddHours(2), large.DueAt);
    }

    [StorageFact]
    public async Task A_changed_book_routes_anew_what_is_open_and_leaves_what_somebody_holds()
    {
        await using var world = await World.Start<TBrand>();
        var free = await world.Fails(new FailureSample { Id = "INV-1" });
        var held = await world.Fails(new FailureSample { Id = "INV-2" });
        await world.Claim(held.Id, Staff.Ines);

        var saved = await world.Send(new SaveRule(null, new RuleBody("Tax", "tax-profile-missing", null, null, null, null, null, "tax-team", 4, QueueLabel: "Tax team"), Staff.Root));
        await world.Send(new MoveRule(saved.Value!.Id, 1, Staff.Root));
        await world.Look();

        Assert.Equal(("tax-team", "ar-invoices"), ((await world.Case(free.Id)).Queue, (await world.Case(held.Id)).Queue));
        Assert.Equal("Tax: type Tax profile missing → Tax team, due in 4h", (await world.Case(free.Id)).RuleSaid);
    }

    [StorageFact]
    public async Task It_says_rule_by_rule_why()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails(new FailureSample { Amount = 1_200m });

        var explained = (await world.Send(new ExplainRouting(found.Id, Staff.Ines))).Value!;

        Assert.Equal("ar-invoices", explained.WouldBe);
        Assert.Equal(
            ["the type is Tax profile missing, not Not arrived", "EUR 1,200 is at risk, below EUR 100,000", "every condition holds"],
            explained.Rules.Select(rule => rule.Why));
    }

    [StorageFact]
    public async Task Amounts_take_the_latest_rate_at_or_before_the_day_and_follow_when_one_is_set()
    {
        await using var world = await World.Start<TBrand>();
        var unknown = await world.Fails(new FailureSample { Amount = 1_000m, Currency = "USD" });

        await world.Send(new SetRates([new RateBody("USD", new DateOnly(2026, 3, 1), 0.9m), new RateBody("USD", new DateOnly(2026, 4, 1), 0.5m)], Staff.Root));
        await world.Look();

        var known = await world.Case(unknown.Id);
        Assert.Null(unknown.ReportingAmount);
        Assert.Equal((900m, new DateOnly(2026, 3, 1)), (known.ReportingAmount, known.RateDate));
    }

    [StorageFact]
    public async Task A_rate_that_cannot_be_is_refused_by_its_field()
    {
        await using var world = await World.Start<TBrand>();

        var refused = await world.Send(new SetRates([new RateBody("EUR", new DateOnly(2026, 3, 1), 2m)], Staff.Root));

        Assert.Equal("rates[0].rate: must be 1 for the reporting currency EUR", refused.Refusal?.Message);
    }

    private static string Rule(ExceptionCase @case) => @case.RuleSaid!.Split(':')[0];
}

public static class RoutingTests
{
    public sealed class On_postgres : RoutingTests<OnPostgres>;

    public sealed class On_sqlserver : RoutingTests<OnSqlServer>;
}
