using OpsConsole.Landscape;

namespace OpsConsole.Web.Landscape;

/// <summary>Where systems and roads are drawn: systems in columns by how far from a flow's beginning they stand, each drawn road one bend between two of them.</summary>
internal sealed class MapLayout
{
    public const double BoxWidth = 168;
    public const double BoxHeight = 54;

    private const double ColumnWidth = 300;
    private const double RowHeight = 132;
    private const double Margin = 24;

    private MapLayout(IReadOnlyList<PlacedSystem> systems, IReadOnlyList<PlacedRoad> roads, double width, double height) =>
        (Systems, Roads, Width, Height) = (systems, roads, width, height);

    public IReadOnlyList<PlacedSystem> Systems { get; }

    /// <summary>One for each pair of systems; steps within one system are told by the table only.</summary>
    public IReadOnlyList<PlacedRoad> Roads { get; }

    public double Width { get; }

    public double Height { get; }

    public static MapLayout Of(SystemMap map)
    {
        var columns = Columns(map);
        var placed = new Dictionary<string, PlacedSystem>(StringComparer.Ordinal);
        foreach (var column in map.Systems.GroupBy(system => columns[system.Name]).OrderBy(column => column.Key))
        {
            foreach (var (row, system) in column.Index())
            {
                placed[system.Name] = new PlacedSystem(system, Margin + (column.Key * ColumnWidth), Margin + (row * RowHeight) + (column.Key % 2 * RowHeight / 3));
            }
        }

        var roads = map.Roads.Where(road => road.FromSystem != road.ToSystem).GroupBy(road => (road.FromSystem, road.ToSystem))
            .Select(pair => PlacedRoad.Of(placed[pair.Key.FromSystem], placed[pair.Key.ToSystem], [.. pair])).ToList();
        return new MapLayout(
            [.. placed.Values], roads,
            placed.Values.Select(one => one.X + BoxWidth).DefaultIfEmpty().Max() + Margin, placed.Values.Select(one => one.Y + BoxHeight).DefaultIfEmpty().Max() + Margin + (RowHeight / 2));
    }

    // A system stands right of the first one that leads to it; what leads back changes nothing.
    private static Dictionary<string, int> Columns(SystemMap map)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var road in map.Roads)
        {
            columns.TryAdd(road.FromSystem, 0);
            columns.TryAdd(road.ToSystem, columns[road.FromSystem] + 1);
        }

        foreach (var system in map.Systems)
        {
            columns.TryAdd(system.Name, columns.Count == 0 ? 0 : columns.Values.Max());
        }

        return columns;
    }
}

internal sealed record PlacedSystem(SystemNode System, double X, double Y);

/// <param name="Steps">All steps of flows between the two systems, in this direction.</param>
/// <param name="Path">For SVG.</param>
/// <param name="LabelX">The middle of its words.</param>
/// <param name="LabelY">The first of their lines.</param>
internal sealed record PlacedRoad(IReadOnlyList<SystemRoad> Steps, string Path, double LabelX, double LabelY)
{
    private const double Bend = 60;

    /// <summary>The gravest of its steps'.</summary>
    public RoadHealth Health =>
        Steps.Any(step => step.Health is RoadHealth.HeldUp) ? RoadHealth.HeldUp
        : Steps.Any(step => step.Health is RoadHealth.Flowing) ? RoadHealth.Flowing
        : Steps.Any(step => step.Health is RoadHealth.Waiting) ? RoadHealth.Waiting : RoadHealth.Quiet;

    public long Passed => Steps.Sum(step => step.Passed);

    public long Overdue => Steps.Sum(step => step.Overdue);

    public decimal OpenAmount => Steps.Sum(step => step.OpenAmount);

    /// <summary>Of its slowest step.</summary>
    public double? MedianSeconds => Steps.Max(step => step.MedianSeconds);

    public static PlacedRoad Of(PlacedSystem from, PlacedSystem to, IReadOnlyList<SystemRoad> steps)
    {
        var (half, ahead) = (MapLayout.BoxHeight / 2, to.X > from.X);
        var (x1, y1) = ahead ? (from.X + MapLayout.BoxWidth, from.Y + half) : (from.X + (MapLayout.BoxWidth / 2), from.Y + MapLayout.BoxHeight);
        var (x2, y2) = ahead ? (to.X, to.Y + half) : (to.X + (MapLayout.BoxWidth / 2), to.Y + MapLayout.BoxHeight);
        var path = ahead
            ? FormattableString.Invariant($"M{x1:0.#} {y1:0.#}C{x1 + Bend:0.#} {y1:0.#} {x2 - Bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}")
            : FormattableString.Invariant($"M{x1:0.#} {y1:0.#}C{x1:0.#} {Math.Max(y1, y2) + Bend:0.#} {x2:0.#} {Math.Max(y1, y2) + Bend:0.#} {x2:0.#} {y2:0.#}");
        return new PlacedRoad(steps, path, (x1 + x2) / 2, ahead ? ((y1 + y2) / 2) - 8 : Math.Max(y1, y2) + (Bend * 0.75) + 12);
    }
}
