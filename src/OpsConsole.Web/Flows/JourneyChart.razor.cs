using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>Works out the rows of the journey: one for each object in the order of its first fact, then one for each milestone that has not come.</summary>
public sealed partial class JourneyChart
{
    private const int MostRows = 10;
    private const int Width = 880;
    private const int Left = 190;
    private const int Top = 30;
    private const int Step = 27;

    private List<Row> _rows = [];
    private List<(DateTimeOffset At, string Label)> _ticks = [];
    private DateTimeOffset _start;
    private DateTimeOffset _end;

    [Parameter, EditorRequired]
    public required TransactionDetails Found { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private int Height => Top + (_rows.Count * Step) - 3;

    private string Alternative => "Objects of the transaction over time: " + string.Join("; ", _rows.Select(row =>
        row.From is { } from && row.To is { } to ? $"{row.Name} from {Reader.Brief(from)} to {Reader.Brief(to)}{(row.Note is null ? "" : $", {row.Note}")}" : $"{row.Name} {row.Note ?? "expected"}"));

    protected override void OnParametersSet()
    {
        _rows = [.. Parts(), .. Awaited()];
        var moments = _rows.SelectMany(row => new[] { row.From, row.To, row.ExpectedFrom, row.ExpectedTo }.Concat(row.Marks.Select(mark => (DateTimeOffset?)mark.At))).OfType<DateTimeOffset>().ToList();
        if (moments.Count == 0)
        {
            moments.Add(Now);
        }

        _start = moments.Min();
        _end = new[] { moments.Max(), Found.CompletedAt is null ? Now : moments.Max() }.Max();
        var pad = TimeSpan.FromTicks(Math.Max((_end - _start).Ticks / 30, TimeSpan.TicksPerSecond));
        (_start, _end) = (_start - pad, _end + pad);
        _ticks = Ticks();
    }

    private IEnumerable<Row> Parts() =>
        from part in Found.Objects.Items.OrderBy(part => part.FirstAt ?? DateTimeOffset.MaxValue).Take(MostRows)
        let reached = Found.Milestones.Where(milestone => milestone is { Time: not null, ReachedBy: { } who } && who.Type == part.Type && who.Id == part.Id).ToList()
        let late = reached.Where(milestone => milestone is { Status: MilestoneStatus.Late, Due: not null, ReceivedAt: not null }).ToList()
        select new Row(part.Id, part.Path.Contains('/', StringComparison.Ordinal) ? Words.Of(part.Type) : $"{Words.Of(part.Type)}, lead")
        {
            From = part.FirstAt,
            To = part.LastAt,
            Marks = [.. reached.Select(milestone => new Mark(milestone.Time!.Value, FlowWords.Icon(milestone.Status), milestone.Status is MilestoneStatus.Late ? "warn" : "good", $"{milestone.Label}, {Reader.Exact(milestone.Time!.Value)}"))],
            Note = late.Count > 0 ? $"{Say.Age(late[^1].ReceivedAt!.Value - late[^1].Due!.Value)} late" : null,
        };

    private IEnumerable<Row> Awaited() =>
        from milestone in Found.Milestones
        where milestone.Time is null && milestone.Due is not null
        let begun = Found.Milestones.FirstOrDefault(one => one.Name == milestone.After)?.ReceivedAt ?? Found.StartedAt
        let missing = milestone.Status is MilestoneStatus.Missing
        select new Row(milestone.Label, missing ? "missing" : "expected")
        {
            ExpectedFrom = begun,
            ExpectedTo = milestone.Due,
            Missing = missing,
            Marks = [new Mark(milestone.Due!.Value, FlowWords.Icon(milestone.Status), missing ? "bad" : "still", $"{milestone.Label}, due {Reader.Exact(milestone.Due!.Value)}")],
            Note = missing ? "in no system" : null,
        };

    private double X(DateTimeOffset at) => Left + ((Width - Left - 10) * Math.Clamp((at - _start).TotalSeconds / Math.Max((_end - _start).TotalSeconds, 1), 0, 1));

    // Six marks at most, at round times of the reader's clock.
    private List<(DateTimeOffset At, string Label)> Ticks()
    {
        TimeSpan[] steps = [.. new[] { 1.0, 5, 15, 30, 60, 180, 720, 1440, 2880, 5760, 10080, 20160, 43200 }.Select(TimeSpan.FromMinutes)];
        var step = steps.FirstOrDefault(one => (_end - _start) / one <= 7, steps[^1]);
        var local = Reader.Local(_start);
        var first = local.Date.AddTicks((local.TimeOfDay.Ticks / step.Ticks * step.Ticks) + (step.TotalDays >= 1 ? 0 : step.Ticks));
        var ticks = new List<(DateTimeOffset, string)>();
        for (var at = new DateTimeOffset(first, local.Offset); at < _end && ticks.Count < 9; at += step)
        {
            if (at > _start && (Found.CompletedAt is not null || Math.Abs(X(at) - X(Now)) > 45))
            {
                ticks.Add((at, at.ToString(step.TotalDays >= 1 ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture)));
            }
        }

        return ticks;
    }

    private sealed record Row(string Name, string What)
    {
        public DateTimeOffset? From { get; init; }
        public DateTimeOffset? To { get; init; }
        public DateTimeOffset? ExpectedFrom { get; init; }
        public DateTimeOffset? ExpectedTo { get; init; }
        public bool Missing { get; init; }
        public IReadOnlyList<Mark> Marks { get; init; } = [];
        public string? Note { get; init; }
    }

    private sealed record Mark(DateTimeOffset At, string Icon, string Tone, string Title);
}
