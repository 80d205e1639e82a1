using OpsConsole.Queries;

namespace OpsConsole.Search;

/// <summary>Between which moments a search looks among spans and events, which are too many to be looked through whole.</summary>
/// <param name="From">Nothing: from the first; a key bounds the search.</param>
/// <param name="Until">Before it; nothing: until now and beyond.</param>
/// <param name="Assumed">Nobody asked for <paramref name="From"/>.</param>
internal sealed record SearchRange(DateTimeOffset? From, DateTimeOffset? Until, bool Assumed)
{
    /// <summary>How far back a search without a time looks.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    private static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    /// <param name="node">The search: moments that must hold bound it too.</param>
    /// <param name="since">As asked beside it.</param>
    /// <param name="until">As asked beside it.</param>
    /// <param name="lens">Which keys bound it.</param>
    public static (SearchRange Spans, SearchRange Events) Of(QueryNode node, DateTimeOffset? since, DateTimeOffset? until, SearchLens lens)
    {
        foreach (var term in SearchLens.Together(node).OfType<QueryTerm>().Where(term => term.Field is { Name: "time" }))
        {
            var day = term.Operator is QueryOperator.Equal;
            since = day || term.Operator is QueryOperator.Above or QueryOperator.AtLeast ? Later(since, term.Moment) : since;
            until = day || term.Operator is QueryOperator.Below or QueryOperator.AtMost ? Earlier(until, term.Moment.AddDays(day ? 1 : 0).AddTicks(1)) : until;
        }

        var asked = new SearchRange(since, until, false);
        var assumed = asked with { From = (until ?? lens.Now) - Usual, Assumed = true };
        var around = lens.Trace is { } trace ? new SearchRange(trace.StartedAt - s_before, until ?? trace.EndedAt + Usual, true) : assumed;
        return (
            since is not null || lens.ByKey || lens.ByTrace ? asked : assumed,
            since is not null || lens.ByKey ? asked : around);
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
