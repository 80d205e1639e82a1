using System.Globalization;
using OpsConsole.Search;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Search;

/// <summary>The one search over all facts; its address says all that it asks. A single thing that is meant to the letter is opened at once.</summary>
public sealed partial class SearchPage
{
    private static readonly (string, string)[] s_since = [("1", "last hour"), ("24", "last 24h"), ("168", "last 7d"), ("720", "last 30d")];

    private SearchAsked _asked = new();
    private SearchHits? _named;
    private FactHits? _facts;

    protected override bool Follows => false;

    private long Total => (_facts?.Total ?? 0) + (_named is { } named ? named.Objects.Total + named.Traces.Total : 0);

    private DateTimeOffset? Assumed => _facts?.Spans?.AssumedSince ?? _facts?.Events?.AssumedSince;

    protected override async Task<Refusal?> Read()
    {
        _asked = SearchUri.Of(Address.Of(Navigator.Uri));
        (_named, _facts) = (null, null);
        if (_asked.Query is not { } query)
        {
            return null;
        }

        var named = _asked.IsName ? await Sender.Send(new SearchEverything(query, Actor), Leaving) : null;
        if (named?.Value?.Exact is { } exact)
        {
            Navigator.NavigateTo(To(exact), replace: true);
            return null;
        }

        var facts = await Sender.Send(_asked.Request(Actor), Leaving);
        (_named, _facts) = (named?.Value, facts.Value);
        return facts.Refusal ?? named?.Refusal;
    }

    private static string To(ExactHit exact) => exact.Kind switch
    {
        "trace" => $"/traces/{exact.Id}",
        "exception" => $"/exceptions/{exact.Id}",
        _ => ObjectUri.To(exact.Type, exact.Id),
    };

    private async Task<SearchSuggestions?> Suggest(string text) => (await Sender.Send(new SuggestSearch(text, Actor), Leaving)).Value;

    // A stretch until now becomes a moment, so that the search in the address stays the one that was seen.
    private void Within(string? hours)
    {
        if (double.TryParse(hours, CultureInfo.InvariantCulture, out var back))
        {
            var since = Reader.Now.AddHours(-back);
            Go(SearchUri.To(_asked with { Since = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerMinute)), Until = null }));
        }
    }

    private List<FilterChip> Chips()
    {
        var chips = new List<FilterChip>();
        if (_asked.Since is { } since)
        {
            chips.Add(new FilterChip("since", "Since", Reader.Brief(since)));
        }

        if (_asked.Until is { } until)
        {
            chips.Add(new FilterChip("until", "Before", Reader.Brief(until)));
        }

        if (_asked.Kind is { } kind)
        {
            chips.Add(new FilterChip("only", "Only", $"{kind.ToString().ToLowerInvariant()}s"));
        }

        return chips;
    }

    private SearchAsked Without(string key) => key switch
    {
        "since" => _asked with { Since = null },
        "until" => _asked with { Until = null },
        _ => _asked with { Kind = null },
    };
}
