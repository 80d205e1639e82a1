using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Flows;

public class TransactionComparisonTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Milestones_are_compared_by_the_time_since_each_run_began()
    {
        var told = TransactionComparison.Of(Run(0, (0, "placed"), (9, "invoiced"), (null, "paid")), Run(24, (24, "placed"), (26, "invoiced"), (34, "paid")));

        Assert.Equal([("placed", StepMark.Same), ("invoiced", StepMark.Slower), ("paid", StepMark.OnlyHealthy)], told.Milestones.Select(one => (one.Name, one.Mark)));
        Assert.Equal((9 * 3_600d, 2 * 3_600d), (told.Milestones[1].HereSeconds!.Value, told.Milestones[1].HealthySeconds!.Value));
    }

    [Fact]
    public void What_each_system_says_is_compared_by_path()
    {
        var here = Run(0) with { Words = [Word("order", "crm", "won"), Refused("order/invoice", "erp"), Word("order/invoice", "hub", "sent")] };
        var healthy = Run(0) with { Words = [Word("order", "crm", "won"), Word("order/invoice", "erp", "posted"), Word("order/payment", "erp", "booked")] };

        var told = TransactionComparison.Of(here, healthy);

        Assert.Equal(
            [
                ("order", "crm", AttributeMark.Same, false), ("order/invoice", "erp", AttributeMark.Differs, true), ("order/invoice", "hub", AttributeMark.OnlyHere, false),
                ("order/payment", "erp", AttributeMark.OnlyHealthy, false),
            ],
            told.Words.Select(one => (one.Path, one.System, one.Mark, one.Fails)));
        Assert.Equal(("refused TAX_PROFILE_MISSING", "posted"), (told.Words[1].Here, told.Words[1].Healthy));
    }

    [Fact]
    public void Attributes_are_told_where_they_differ()
    {
        var here = Run(0) with { Words = [Word("order", "crm", "won") with { Attributes = """{"taxProfile":null,"terms":"NET30"}""" }] };
        var healthy = Run(0) with { Words = [Word("order", "crm", "won") with { Attributes = """{"taxProfile":"CA","terms":"NET30"}""" }] };

        var told = Assert.Single(TransactionComparison.Of(here, healthy).Attributes);

        Assert.Equal(("crm", "order", "taxProfile", "CA", AttributeMark.Differs), (told.Service, told.Step, told.Name, told.Healthy, told.Mark));
    }

    [Fact]
    public void Without_a_twin_only_the_run_itself_is_told()
    {
        var told = TransactionComparison.Of(Run(0, (0, "placed")), null);

        Assert.Equal("SO-1", told.Here.Lead.Id);
        Assert.True(told is { Healthy: null, Milestones.Count: 0, Words.Count: 0, Attributes.Count: 0 });
    }

    private static ComparedWord Word(string path, string system, string state) => new(path, system, state, SyncOutcome.Succeeded, null, null);

    private static ComparedWord Refused(string path, string system) => new(path, system, "rejected", SyncOutcome.Failed, "TAX_PROFILE_MISSING", null);

    // All times in hours from one noon.
    private static ComparedRun Run(int began, params (int? At, string Name)[] milestones) => new(
        new Transaction { Key = Guid.NewGuid(), Flow = "order-to-cash", LeadKey = Guid.NewGuid(), LeadType = "order", LeadId = "SO-1", Unit = "EMEA", StartedAt = s_noon.AddHours(began) },
        [.. milestones.Select(one => new MilestoneLine { Name = one.Name, Label = one.Name, Time = one.At is { } at ? s_noon.AddHours(at) : null, Status = MilestoneStatus.Done })],
        []);
}
