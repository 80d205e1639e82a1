using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

public class TraceStepsTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Steps_on_the_same_way_are_one_whatever_numbers_their_names_hold()
    {
        var steps = Compare(
            [Span(1, 0, 0, 100, "sync"), Span(2, 1, 10, 30, "GET /customer/17"), Span(3, 1, 40, 50, "GET /customer/18"), Span(4, 1, 60, 90, "post")],
            [Span(1, 0, 0, 100, "sync"), Span(2, 1, 10, 30, "GET /customer/99"), Span(3, 1, 60, 90, "post")]);

        Assert.Equal([(0, "sync", 1, 1), (1, "GET /customer/17", 2, 1), (1, "post", 1, 1)], steps.Compare().Select(step => (step.Depth, step.Name, step.Here!.Count, step.Healthy!.Count)));
    }

    [Fact]
    public void What_differs_is_marked()
    {
        var steps = Compare(
            [Span(1, 0, 0, 100, "sync"), Span(2, 1, 0, 60, "slow"), Span(3, 1, 60, 62, "fast"), Span(4, 1, 70, 80, "post") with { Failed = true }, Span(5, 1, 90, 95, "report")],
            [Span(1, 0, 0, 100, "sync"), Span(2, 1, 0, 10, "slow"), Span(3, 1, 10, 60, "fast"), Span(4, 1, 70, 80, "post"), Span(5, 1, 90, 95, "confirm")]);

        Assert.Equal(
            [("sync", StepMark.Same), ("slow", StepMark.Slower), ("confirm", StepMark.OnlyHealthy), ("fast", StepMark.Faster), ("post", StepMark.Fails), ("report", StepMark.OnlyHere)],
            steps.Compare().Select(step => (step.Name, step.Mark)).OrderBy(step => step.Name == "sync" ? 0 : step.Name == "slow" ? 1 : 2).ThenBy(step => step.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_difference_that_does_not_count_in_the_whole_is_none()
    {
        var steps = Compare([Span(1, 0, 0, 1000, "sync"), Span(2, 1, 10, 40, "map")], [Span(1, 0, 0, 1000, "sync"), Span(2, 1, 10, 20, "map")]);

        Assert.All(steps.Compare(), step => Assert.Equal(StepMark.Same, step.Mark));
    }

    [Fact]
    public void Of_a_failed_step_every_attribute_is_told_and_ids_are_no_difference()
    {
        var steps = Compare(
            [Span(1, 0, 0, 100, "post") with { Failed = true, Attributes = """{"biz.invoice.id":"INV-1","biz.tax_profile":null,"contract":"v6","url.path":"/i/1"}""", Resource = """{"service.version":"1.1"}""" }],
            [Span(1, 0, 0, 100, "post") with { Attributes = """{"biz.invoice.id":"INV-2","biz.tax_profile":"CA","http.response.status_code":200,"url.path":"/i/2"}""", Resource = """{"service.version":"1.0"}""" }]);

        Assert.Equal(
            [
                ("biz.invoice.id", AttributeMark.Own), ("biz.tax_profile", AttributeMark.Differs), ("contract", AttributeMark.OnlyHere), ("http.response.status_code", AttributeMark.OnlyHealthy),
                ("url.path", AttributeMark.Own), ("resource: service.version", AttributeMark.Differs),
            ],
            steps.CompareAttributes().Select(one => (one.Name, one.Mark)));
    }

    [Fact]
    public void Of_other_steps_only_what_differs_is_told()
    {
        var steps = Compare([Span(1, 0, 0, 100, "map") with { Attributes = """{"a":"1","b":"1"}""" }], [Span(1, 0, 0, 100, "map") with { Attributes = """{"a":"1","b":"2"}""" }]);

        var told = Assert.Single(steps.CompareAttributes());

        Assert.Equal(("b", "1", "2", AttributeMark.Differs), (told.Name, told.Here, told.Healthy, told.Mark));
    }

    [Fact]
    public void The_twin_is_of_the_same_unit_before_it_is_near()
    {
        (string Unit, int Hours)[] runs = [("APAC", 0), ("EMEA", 3), ("EMEA", -2), ("EMEA", 2)];
        var candidates = runs.Select(run => new Run(run.Unit, s_noon.AddHours(run.Hours))).ToList();

        Assert.Equal(s_noon.AddHours(-2), Pick(candidates, "EMEA")!.At);
        Assert.Equal(s_noon, Pick(candidates, null)!.At);
        Assert.Equal("APAC", Pick(candidates, "DACH")!.Unit);
        Assert.Null(Pick([], "EMEA"));
    }

    private static Run? Pick(IReadOnlyList<Run> candidates, string? unit) => Twin.Pick(candidates, run => run.At, run => run.Unit, s_noon, unit);

    private static TraceSteps Compare(SpanRead[] here, SpanRead[] healthy) => TraceSteps.Of(TraceTree.Of(here), TraceTree.Of(healthy));

    private static SpanRead Span(byte id, byte parent, long start, long end, string name) => new(
        [0, 0, 0, 0, 0, 0, 0, id], parent == 0 ? null : [0, 0, 0, 0, 0, 0, 0, parent], start * 1_000_000, end * 1_000_000, name, "router", 1, false, null, null, "{}", "{}", null, null);

    private sealed record Run(string Unit, DateTimeOffset At);
}
