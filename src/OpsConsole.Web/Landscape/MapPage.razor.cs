using System.Globalization;
using OpsConsole.Landscape;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Landscape;

/// <summary>The systems as a graph: what passes between them, how fast, and what is held up. Each road and each system opens its list.</summary>
public sealed partial class MapPage
{
    private static readonly (string, string)[] s_hours = [("1", "an hour"), ("168", "a week"), ("720", "30 days")];

    private MapAsked _asked = new();
    private SystemMap? _map;
    private MapLayout? _drawn;

    protected override async Task<Refusal?> Read()
    {
        _asked = MapUri.Of(Address.Of(Navigator.Uri));
        var answer = await Sender.Send(new ShowMap(_asked.Flow, _asked.Unit, _asked.Hours, Actor), Leaving);
        (_map, _drawn) = answer.Value is { } map ? (map, MapLayout.Of(map)) : (_map, _drawn);
        return answer.Refusal;
    }

    private void Within(string? hours) =>
        Go(MapUri.To(_asked with { Hours = int.TryParse(hours, CultureInfo.InvariantCulture, out var back) ? back : 24 }));

    private static string Family(RoadHealth health) => health switch
    {
        RoadHealth.HeldUp => "bad",
        RoadHealth.Flowing => "still ok",
        RoadHealth.Waiting => "warn",
        _ => "still",
    };

    private static string Icon(RoadHealth health) => health switch
    {
        RoadHealth.HeldUp => "over",
        RoadHealth.Flowing => "done",
        RoadHealth.Waiting => "clock",
        _ => "quiet",
    };

    private static string Word(RoadHealth health) => health switch
    {
        RoadHealth.HeldUp => "Held up",
        RoadHealth.Flowing => "Flowing",
        RoadHealth.Waiting => "Waiting",
        _ => "Nothing passed",
    };

    /// <summary>The step of a road that its click opens: where most is overdue, else where most is open.</summary>
    private static SystemRoad Gravest(PlacedRoad road) => road.Steps.OrderByDescending(step => step.Overdue).ThenByDescending(step => step.Open).First();

    private string PerHour(long passed) => ((double)passed / _asked.Hours) switch
    {
        0 => "0",
        < 1 => "<1",
        var rate => Say.Count((long)Math.Round(rate)),
    };

    private string Rate(PlacedRoad road) =>
        road.Passed == 0 ? "nothing passed" : $"{PerHour(road.Passed)} per h{(road.MedianSeconds is { } median ? $", {Say.Took(TimeSpan.FromSeconds(median))}" : "")}";

    private string? Held(PlacedRoad road) =>
        (road.Overdue, road.OpenAmount) switch
        {
            (0, 0) => null,
            (0, var amount) => $"{_map!.Currency} {Say.Brief(amount)} open",
            var (overdue, amount) => $"{Say.Count(overdue)} overdue, {_map!.Currency} {Say.Brief(amount)} open",
        };

    private string Under(SystemNode system) =>
        system.Exceptions == 0 ? "no open exception" : $"{Say.Count(system.Exceptions, "exception")}, {_map!.Currency} {Say.Brief(system.AtRisk)}";

    private string Aloud(PlacedRoad road) =>
        $"{Words.System(road.Steps[0].FromSystem)} to {Words.System(road.Steps[0].ToSystem)}: {Word(road.Health)}, {Rate(road)}{(Held(road) is { } held ? $", {held}" : "")}";

    private string Aloud(SystemNode system) => $"{Words.System(system.Name)}: {Under(system)}{(system.Overdue > 0 ? $", {Say.Count(system.Overdue)} overdue" : "")}";
}
