namespace OpsConsole.Traces;

/// <summary>How a step of a trace stands to the same step of its twin.</summary>
public enum StepMark
{
    Same,

    /// <summary>It failed here and not there.</summary>
    Fails,
    OnlyHere,
    OnlyHealthy,

    /// <summary>At least twice as long, by at least a twentieth of the whole healthy run.</summary>
    Slower,

    /// <summary>At most half as long, by at least a twentieth of the whole healthy run.</summary>
    Faster,
}

/// <summary>A step, and the same step of the twin: the same service and name on the same way from the root; numbers within names do not count.</summary>
/// <param name="Depth">How far below the root.</param>
/// <param name="Service">Whose step.</param>
/// <param name="Name">As it is called here; of a step that is not here, as it is called there.</param>
/// <param name="Mark">What differs.</param>
/// <param name="Here">Nothing: it is missing here.</param>
/// <param name="Healthy">Nothing: the healthy run has none.</param>
public sealed record StepComparison(int Depth, string Service, string Name, StepMark Mark, StepSide? Here, StepSide? Healthy);

/// <summary>A step in one of the two.</summary>
/// <param name="Count">How often.</param>
/// <param name="Errors">How often it failed.</param>
/// <param name="Ms">In all.</param>
/// <param name="SelfMs">Its own time, without its children's, in all.</param>
public sealed record StepSide(int Count, int Errors, double Ms, double SelfMs);

/// <summary>The steps of two traces, those that belong together as one.</summary>
internal sealed class TraceSteps
{
    private const int MostSteps = 500;
    private const int MostAttributes = 300;
    private const double Much = 2;
    private const double Little = 0.05;

    private readonly List<Step> _steps;
    private readonly double _whole;

    private TraceSteps(List<Step> steps, double whole) => (_steps, _whole) = (steps, whole);

    public static TraceSteps Of(TraceTree here, TraceTree healthy)
    {
        var root = new Step(0, null);
        foreach (var (tree, isHere) in new[] { (here, true), (healthy, false) })
        {
            var stepOf = new Dictionary<SpanNode, Step>();
            foreach (var row in tree.Rows)
            {
                var step = (row.Parent is null ? root : stepOf[row.Parent]).Child(row, row.Start - tree.Start);
                (isHere ? step.Here : step.Healthy).Add(row);
                stepOf[row] = step;
            }
        }

        return new TraceSteps(Flatten(root), SpanLine.Ms(healthy.End - healthy.Start));
    }

    /// <summary>A name without what names one run: of <c>GET /customer/1745</c> and <c>GET /customer/1746</c> the step is the same.</summary>
    public static string Shape(string name) =>
        name.Any(char.IsAsciiDigit) ? string.Join(' ', name.Split([' ', '/', ':', '='], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Any(char.IsAsciiDigit) ? "#" : word)) : name;

    public IReadOnlyList<StepComparison> Compare() =>
        [.. _steps.Take(MostSteps).Select(step => new StepComparison(step.Depth, step.Span.Service, step.Span.Name, Mark(step), Side(step.Here), Side(step.Healthy)))];

    /// <summary>Those of failed steps first, with all that they carry; of the others what differs.</summary>
    public IReadOnlyList<AttributeComparison> CompareAttributes() =>
    [
        .. (from step in _steps
            where step.Here.Count > 0 && step.Healthy.Count > 0
            let failed = Mark(step) is StepMark.Fails
            orderby failed ? 0 : 1
            from one in AttributeComparison.Of(step.Here.Find(row => row.Span.Failed) ?? step.Here[0], step.Healthy[0])
            where failed || one.Mark is not (AttributeMark.Same or AttributeMark.Own)
            select one).Take(MostAttributes),
    ];

    private static List<Step> Flatten(Step root)
    {
        var (flat, open) = (new List<Step>(), new Stack<Step>([root]));
        while (open.TryPop(out var step))
        {
            if (step != root)
            {
                flat.Add(step);
            }

            foreach (var child in step.Children.OrderByDescending(child => child.StartNanos))
            {
                open.Push(child);
            }
        }

        return flat;
    }

    private static StepSide? Side(List<SpanNode> rows) => rows.Count == 0 ? null : new StepSide(
        rows.Count, rows.Count(row => row.Span.Failed), SpanLine.Ms(rows.Sum(row => row.End - row.Start)), SpanLine.Ms(rows.Sum(row => row.SelfNanos)));

    private StepMark Mark(Step step)
    {
        if (Side(step.Here) is not { } here)
        {
            return StepMark.OnlyHealthy;
        }

        if (Side(step.Healthy) is not { } healthy)
        {
            return StepMark.OnlyHere;
        }

        var much = Math.Abs(here.Ms - healthy.Ms) >= _whole * Little;
        return here.Errors > 0 && healthy.Errors == 0 ? StepMark.Fails
            : much && here.Ms >= healthy.Ms * Much ? StepMark.Slower
            : much && here.Ms <= healthy.Ms / Much ? StepMark.Faster
            : StepMark.Same;
    }

    private sealed class Step(int depth, SpanRead? span)
    {
        private readonly Dictionary<string, Step> _children = new(StringComparer.Ordinal);

        public int Depth { get; } = depth;

        public SpanRead Span => span!;

        public long StartNanos { get; private init; }

        public List<SpanNode> Here { get; } = [];

        public List<SpanNode> Healthy { get; } = [];

        public IEnumerable<Step> Children => _children.Values;

        public Step Child(SpanNode row, long start)
        {
            var name = $"{row.Span.Service}\n{Shape(row.Span.Name)}";
            if (!_children.TryGetValue(name, out var child))
            {
                child = new Step(row.Depth, row.Span) { StartNanos = start };
                _children[name] = child;
            }

            return child;
        }
    }
}
