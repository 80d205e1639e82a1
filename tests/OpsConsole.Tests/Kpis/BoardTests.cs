using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Kpis;

/// <summary>Each number is its rows, and the page behind it holds exactly these.</summary>
public abstract class BoardTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly (Scope Scope, string? Unit)[] s_readers = [(Scope.All, null), (Scope.All, "AMER"), (Scope.Of("EMEA"), null), (Scope.Of("APAC"), null)];

    [StorageFact]
    public async Task The_page_behind_a_number_has_as_many_rows_as_the_number_for_every_reader_unit_and_period()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        foreach (var (scope, unit) in s_readers)
        {
            foreach (var period in new[] { "24h", "7d", "30d", "2026-03" })
            {
                var board = await world.Board(scope, unit, period);

                foreach (var tile in board.Tiles)
                {
                    var rows = await world.Rows(tile.Kpi, board.Window);
                    Assert.Equal((tile.Kpi.Code, (long)rows.Count), (tile.Kpi.Code, await world.Total(tile.Kpi.Filter(board.Window)!, scope)));
                    Assert.Equal((tile.Figure.Value, tile.Figure.Rows), (tile.Kpi.Measure(rows, board.Window).Value, rows.Count));
                    Assert.True(tile.Kpi.Sampled || tile.Earlier == tile.Kpi.Measure(await world.Rows(tile.Kpi, board.Window.Before()), board.Window.Before()).Value);
                }
            }
        }
    }

    [StorageFact]
    public async Task Every_cell_of_the_funnel_leads_to_as_many_transactions_as_it_says()
    {
        await using var world = await BoardWorld.Start<TBrand>();
        var board = await world.Board(Scope.All);

        foreach (var step in board.Funnel)
        {
            async Task<long> Asked(MilestoneAsked asked) => await world.Total(
                new TransactionFilter { Flow = board.Window.Flow, Since = board.Window.From, Until = board.Window.To, Milestone = step.Name, MilestoneIs = asked }, Scope.All);

            Assert.Equal(
                (step.Reached, step.Late, step.Missing, step.Open),
                ((int)await Asked(MilestoneAsked.Reached), (int)await Asked(MilestoneAsked.Late), (int)await Asked(MilestoneAsked.Missing), (int)await Asked(MilestoneAsked.Open)));
            Assert.Equal(board.Health.Transactions, step.Reached + step.Missing + step.Open);
        }
    }

    [StorageFact]
    public async Task The_funnel_that_transactions_tell_is_the_funnel_of_their_milestones()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        foreach (var (scope, unit) in s_readers)
        {
            var (progress, milestones) = await world.Funnels((await world.Board(scope, unit)).Window);

            Assert.Equal(Sums(milestones), Sums(progress));
            Assert.True(scope.Units is ["APAC"] || milestones.Sum(step => step.Missing) > 0);
        }

        static IEnumerable<(string Name, int Reached, decimal Amount, int Late, int Missing, int All, decimal Stuck, DateTimeOffset? Since)> Sums(IEnumerable<Funnel.Step> steps) =>
            from step in steps
            group step by step.Name into name
            where name.Any(step => step.All > 0)
            orderby name.Key
            select (name.Key, name.Sum(step => step.Reached), name.Sum(step => step.Amount), name.Sum(step => step.Late), name.Sum(step => step.Missing), name.Sum(step => step.All), name.Sum(step => step.Stuck), name.Min(step => step.Since));
    }

    [StorageFact]
    public async Task The_pace_of_a_step_is_that_of_its_transactions_one_by_one_and_what_is_stuck_has_an_age()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        foreach (var (scope, unit) in s_readers)
        {
            foreach (var period in new[] { "7d", "30d", "12m" })
            {
                var board = await world.Board(scope, unit, period);
                var took = (await world.Rows(new InvoiceSyncLag(), board.Window)).Where(row => row.CameAt is not null).Select(row => row.CameAt!.Value - row.At).Order().ToList();
                var step = board.Funnel.SingleOrDefault(one => one.Name == "booked-in-erp");

                Assert.Equal(took.Count == 0 ? null : new StepPace(took.Count, Percentile.Of(took, 0.5), Percentile.Of(took, 0.9)), step?.Pace);
                Assert.Equal((board.Health.StuckAmount, board.Health.Missing > 0), (step?.Stuck ?? 0, step?.StuckSince is not null));
            }
        }

        Assert.Equal(BoardWorld.Now.AddHours(-12 * 35).AddHours(1), (await world.Board(Scope.All)).Funnel[^1].StuckSince);
    }

    [StorageFact]
    public async Task Every_column_of_the_lag_leads_to_its_invoices_and_what_is_absent_counts()
    {
        await using var world = await BoardWorld.Start<TBrand>();
        var board = await world.Board(Scope.All);
        var asked = new LagAsked(board.Window.Options.LagFrom, board.Window.Options.LagTo, board.Window.From, board.Window.To);
        Task<long> Total(LagAsked lag) => world.Total(new TransactionFilter { Flow = board.Window.Flow, Lag = lag }, Scope.All);

        foreach (var bucket in board.Lag.Buckets)
        {
            Assert.Equal(bucket.Count, await Total(asked with { MoreThan = bucket.Over, AtMost = bucket.UpTo }));
        }

        Assert.Equal((8, 8L), (board.Lag.Absent, await Total(asked with { Absent = true })));
        Assert.Equal(board.Lag.OverTarget, await Total(asked with { MoreThan = 900 }));
        Assert.Equal((40, 35.0 * 12 * 3600), (board.Lag.Measured, board.Lag.Oldest));
    }

    [StorageFact]
    public async Task Transactions_are_on_time_late_missing_or_under_way_and_nothing_else()
    {
        await using var world = await BoardWorld.Start<TBrand>();
        var totals = new List<long>();

        foreach (var status in Enum.GetValues<TransactionStatus>())
        {
            totals.Add(await world.Total(new TransactionFilter { Flow = BoardWorld.Flow, Status = status }, Scope.All));
        }

        var health = (await world.Board(Scope.All)).Health;
        Assert.Equal([7, 11, 1, 21], totals);
        Assert.Equal((40, 22, 11, 7), (health.Transactions, health.OnTime, health.Late, health.Missing));
    }

    [StorageFact]
    public async Task Money_is_in_one_currency_and_an_object_counts_once()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var board = await world.Board(Scope.All);

        Assert.Equal(100, board.Tiles.Single(tile => tile.Kpi is AmountAtRisk).Figure.Value);
        Assert.Equal((0 + 14 + 28 + 300) + ((7 + 21 + 35 + 300) / 2m), board.Tiles.Single(tile => tile.Kpi is ReconciliationBacklog).Figure.Amount);
    }

    [StorageFact]
    public async Task A_missing_customer_holds_back_each_of_its_open_transactions_once()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var board = await world.Board(Scope.All);

        Assert.Equal(4, board.Tiles.Single(tile => tile.Kpi is FailedCustomerCreations).Figure.Value);
        Assert.Equal(board.HeldBack.Transactions, await world.Total(new TransactionFilter { Flow = BoardWorld.Flow, HeldBack = true }, Scope.All));
        Assert.Equal(board.HeldBack.Transactions, board.HeldBack.Customers.Sum(customer => customer.Transactions));
        Assert.True(board.HeldBack.Transactions > 0);
        var reason = Assert.Single(board.HeldBack.Reasons);
        Assert.Equal((4, board.HeldBack.Transactions, board.HeldBack.Amount), (reason.Customers, reason.Transactions, reason.Amount));
    }

    [StorageFact]
    public async Task Nobody_sees_a_unit_outside_their_scope()
    {
        await using var world = await BoardWorld.Start<TBrand>();

        var board = await world.Board(Scope.Of("EMEA"));

        Assert.Equal(["EMEA"], board.Units);
        Assert.All(board.Open, unit => Assert.Equal("EMEA", unit.Unit));
        Assert.Equal(20, board.Health.Transactions);
        Assert.Null(await Refused(world));
    }

    private static async Task<Board?> Refused(BoardWorld world) => await world.Board(Scope.Of("EMEA"), "AMER");
}

public static class BoardTests
{
    public sealed class On_postgres : BoardTests<OnPostgres>;

    public sealed class On_sqlserver : BoardTests<OnSqlServer>;
}
