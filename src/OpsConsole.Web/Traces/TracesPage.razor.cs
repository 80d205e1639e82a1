using System.Globalization;
using OpsConsole.Live;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>All traces that the reader may see, narrowed by the address.</summary>
public sealed partial class TracesPage
{
    private static readonly (string, string)[] s_since = [("1", "1h"), ("24", "24h"), ("168", "7d")];

    private readonly Cursors _cursors = new();
    private TraceFilter _filter = new();
    private Page<TraceLine>? _page;
    private double _longest = 1;
    private string? _since;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Traces];

    protected override async Task<Refusal?> Read()
    {
        var asked = TraceUri.Of(Address.Of(Navigator.Uri));
        if (asked != _filter)
        {
            _cursors.Reset();
        }

        _filter = asked;
        var answer = await Sender.Send(new FindTraces(_filter, Actor, _cursors.After), Leaving);
        _page = answer.Value ?? _page;
        _longest = Math.Max(1, _page?.Items.Select(row => (row.EndedAt - row.StartedAt).TotalMilliseconds).DefaultIfEmpty().Max() ?? 1);
        return answer.Refusal;
    }

    private void Narrow(TraceFilter filter) => Go(TraceUri.To(filter));

    // A stretch until now becomes a moment, so that the list in the address stays the one that was seen.
    private void Within(string? hours)
    {
        _since = null;
        var at = double.TryParse(hours, CultureInfo.InvariantCulture, out var back) ? Reader.Now.AddHours(-back) : (DateTimeOffset?)null;
        Narrow(_filter with { Since = at is { } moment ? moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute)) : null });
    }

    private List<FilterChip> Chips()
    {
        var chips = new List<FilterChip>();
        if (_filter.Service is { } service)
        {
            chips.Add(new FilterChip("service", "Service", service));
        }

        if (_filter.Since is { } since)
        {
            chips.Add(new FilterChip("since", "Since", Reader.Brief(since)));
        }

        if (_filter.Until is { } until)
        {
            chips.Add(new FilterChip("until", "Before", Reader.Brief(until)));
        }

        return chips;
    }

    private TraceFilter Without(string key) => key switch
    {
        "service" => _filter with { Service = null },
        "since" => _filter with { Since = null },
        "until" => _filter with { Until = null },
        _ => _filter,
    };
}
