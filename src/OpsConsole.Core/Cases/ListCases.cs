using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>The exceptions that the caller may see, filtered and in order, a page at a time.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Sort">In which order.</param>
/// <param name="After">The <see cref="CasePage.Next"/> of the page before; nothing: from the start.</param>
/// <param name="Take">How many, at most <see cref="Longest"/>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListCases(CaseFilter Filter, CaseSort Sort, string? After, int Take, Actor Actor) : IRequest<Outcome<CasePage>>, IGuarded
{
    public const int Longest = 500;

    public Right Needs => Right.ReadCases;
}

public enum CaseSort
{
    /// <summary>By <see cref="ExceptionCase.RankOrder"/>: at risk, doubled with each day that the due time comes nearer. What has no due time last.</summary>
    Rank,

    /// <summary>Most urgent first; what has no due time last.</summary>
    Due,

    /// <summary>Most at risk first; what has no known amount last.</summary>
    Risk,

    /// <summary>Oldest first.</summary>
    Age,

    /// <summary>Latest opened first.</summary>
    Newest,
}

/// <summary>What a list of exceptions is narrowed to. An empty filter shows all, ended ones too.</summary>
public sealed record CaseFilter
{
    /// <summary>Any of these; nothing: every state.</summary>
    public IReadOnlyCollection<CaseState>? States { get; init; }

    /// <summary>A queue's code.</summary>
    public string? Queue { get; init; }

    public string? Unit { get; init; }

    /// <summary>An exception type's code.</summary>
    public string? Type { get; init; }

    /// <summary>Only what this person (id) holds.</summary>
    public string? Holder { get; init; }

    /// <summary>Only what nobody holds.</summary>
    public bool Unheld { get; init; }

    /// <summary>Only of one cause.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Only of one object.</summary>
    public Guid? ObjectKey { get; init; }

    /// <summary>Only what is about objects of this type.</summary>
    public string? EntityType { get; init; }

    /// <summary>Only where this was tried; for what did not come, the milestone.</summary>
    public string? Operation { get; init; }

    /// <summary>Opened at or after.</summary>
    public DateTimeOffset? OpenedSince { get; init; }

    /// <summary>Opened before.</summary>
    public DateTimeOffset? OpenedUntil { get; init; }

    /// <summary>Only what is past its due time.</summary>
    public bool Overdue { get; init; }

    /// <summary>At least this much at risk in the reporting currency.</summary>
    public decimal? AtLeast { get; init; }

    /// <summary>Only what somebody of the caller's teams holds.</summary>
    public bool Team { get; init; }

    /// <summary>Only the queues of the caller's teams; all of them for who is in no team.</summary>
    public bool MyQueues { get; init; }

    /// <summary>A search in the words of <see cref="CaseVocabulary"/>; a bare text is the beginning of an object's id, a part of its label, or an exception's number (<c>EX-20418</c>).</summary>
    public string? Query { get; init; }
}

/// <param name="Items">The rows of this page.</param>
/// <param name="Total">How many there are in all, exactly.</param>
/// <param name="AtRisk">Sum over all of them in the reporting currency, each object counted once.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Unconverted">How many have an amount but no known rate, and so are missing from the sum.</param>
/// <param name="Next">Where the next page begins; nothing: this is the last.</param>
public sealed record CasePage(IReadOnlyList<CaseRow> Items, int Total, decimal AtRisk, string Currency, int Unconverted, string? Next);

internal sealed class ListCasesHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListCases, Outcome<CasePage>>
{
    public async Task<Outcome<CasePage>> Handle(ListCases request, CancellationToken cancellationToken)
    {
        if (request.Take is < 1 or > ListCases.Longest)
        {
            return Refusal.Invalid("take", $"must be 1 to {ListCases.Longest}");
        }

        var order = CaseOrder.Of(request.Sort);
        if (!order.TryRead(request.After, out var after))
        {
            return Refusal.Invalid("after", "must be the \"next\" of the page before, in the same order");
        }

        var now = clock.GetUtcNow();
        var asked = await db.AskedCases(request.Filter, request.Actor, now, cancellationToken);
        if (asked.Value is not { } all)
        {
            return asked.Refusal!;
        }

        var together = new Together(db);
        var rows = together.Ask(order.Sort(after is null ? all : order.Beyond(all, after)).Take(request.Take + 1));
        var summed = together.Ask(all.Summed(now));
        await together.Send(cancellationToken);
        var sums = summed.Count == 0 ? CaseSums.None : summed[0];
        var next = rows.Count > request.Take ? order.Write(rows[request.Take - 1]) : null;
        var items = rows.Take(request.Take).Select(CaseRow.Of).ToList();
        await CountCauses(items, request.Actor.Scope, cancellationToken);
        return new CasePage(items, sums.Count, sums.AtRisk, reporting.Value.Currency, sums.Unconverted, next);
    }

    private async Task CountCauses(List<CaseRow> items, Scope scope, CancellationToken cancellationToken)
    {
        var fingerprints = items.Select(row => row.Fingerprint).Distinct().ToList();
        var counts = await db.Cases.AsNoTracking().Seen(scope).Unended().Where(c => fingerprints.Contains(c.Fingerprint))
            .GroupBy(c => c.Fingerprint).Select(cause => new { cause.Key, Count = cause.Count() }).ToDictionaryAsync(cause => cause.Key, cause => cause.Count, cancellationToken);
        foreach (var row in items)
        {
            row.OfCause = counts.GetValueOrDefault(row.Fingerprint);
        }
    }
}
