using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Cases;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>What the worklist lets through, as it stands in the address: a list can be sent to somebody, and Back goes back.</summary>
public sealed record WorklistFilter
{
    public const string Path = "/worklist";

    public string? Queue { get; init; }

    /// <summary>Only what the reader holds.</summary>
    public bool Mine { get; init; }

    /// <summary>Only what somebody of the reader's teams holds.</summary>
    public bool Team { get; init; }

    /// <summary>Only the queues of the reader's teams.</summary>
    public bool MyQueues { get; init; }

    public string? Unit { get; init; }

    /// <summary>One state; nothing: all that has not ended.</summary>
    public CaseState? State { get; init; }

    /// <summary>An exception type's code.</summary>
    public string? Type { get; init; }

    /// <summary>A fingerprint.</summary>
    public string? Cause { get; init; }

    /// <summary>At least this much at risk, in the reporting currency.</summary>
    public decimal? AtLeast { get; init; }

    public bool Overdue { get; init; }

    /// <summary>Only about objects of this type.</summary>
    public string? Entity { get; init; }

    /// <summary>Only where this was tried.</summary>
    public string? Operation { get; init; }

    /// <summary>Opened at or after, UTC.</summary>
    public DateTimeOffset? OpenedSince { get; init; }

    /// <summary>Opened before, UTC.</summary>
    public DateTimeOffset? OpenedUntil { get; init; }

    /// <summary>A search in the words of <see cref="CaseVocabulary"/>.</summary>
    public string? Query { get; init; }

    public CaseSort Sort { get; init; } = CaseSort.Rank;

    /// <summary>Keys of <see cref="WorklistColumn"/> with commas; nothing: the usual ones.</summary>
    public string? Columns { get; init; }

    /// <summary>One line a row.</summary>
    public bool Compact { get; init; }

    /// <summary>No narrowing beyond the tab.</summary>
    public bool IsPlain => Unit is null && Type is null && Cause is null && AtLeast is null && !Overdue && Query is null
        && Entity is null && Operation is null && OpenedSince is null && OpenedUntil is null && (State is null || IsApprovals);

    /// <summary>The tab of what waits for a second person.</summary>
    public bool IsApprovals => State is CaseState.AwaitingApproval && Queue is null && !Mine && !Team && !MyQueues;

    /// <summary>Reads an address; what cannot be read is left out rather than refused, because people edit addresses.</summary>
    public static WorklistFilter Of(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? One(string key) => query.TryGetValue(key, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
        return new WorklistFilter
        {
            Queue = One("queue") is var queue and not "mine" ? queue : null,
            MyQueues = One("queue") is "mine",
            Mine = One("held") is "me",
            Team = One("held") is "team",
            Unit = One("unit"),
            State = One("state") is { } state ? CaseWords.State(state) : null,
            Type = One("type"),
            Cause = One("cause"),
            AtLeast = decimal.TryParse(One("min"), NumberStyles.Number, CultureInfo.InvariantCulture, out var least) && least > 0 ? least : null,
            Overdue = One("due") is "over",
            Entity = One("entity"),
            Operation = One("operation"),
            OpenedSince = Address.Of(uri).Moment("opened-since"),
            OpenedUntil = Address.Of(uri).Moment("opened-until"),
            Query = One("q")?.Trim(),
            Sort = Enum.TryParse<CaseSort>(One("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : CaseSort.Rank,
            Columns = WorklistColumn.Read(One("cols")),
            Compact = One("rows") is "compact",
        };
    }

    public string ToUri() => QueryHelpers.AddQueryString(Path, Pairs().Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    /// <summary>The same tab without any narrowing.</summary>
    public WorklistFilter Plain() => Looking(new WorklistFilter { Queue = Queue, Mine = Mine, Team = Team, MyQueues = MyQueues, State = IsApprovals ? State : null });

    /// <summary>Another tab, looked at in the same way: order, columns and row height stay.</summary>
    public WorklistFilter Looking(WorklistFilter tab) => tab with { Sort = Sort, Columns = Columns, Compact = Compact };

    /// <summary>What to ask for. Without a state, in the filter or in the search, only what has not ended.</summary>
    public CaseFilter ToCases(string reader) => new()
    {
        States = State is { } state ? [state] : CaseVocabulary.NamesStates(Query) ? null : CaseFlow.Unended.ToArray(),
        Queue = Queue,
        MyQueues = MyQueues,
        Team = Team,
        Unit = Unit,
        Type = Type,
        Holder = Mine ? reader : null,
        Fingerprint = Cause,
        Overdue = Overdue,
        AtLeast = AtLeast,
        Query = Query,
        EntityType = Entity,
        Operation = Operation,
        OpenedSince = OpenedSince,
        OpenedUntil = OpenedUntil,
    };

    /// <summary>Without one chip.</summary>
    public WorklistFilter Without(string key) => key switch
    {
        "unit" => this with { Unit = null },
        "state" => this with { State = null },
        "type" => this with { Type = null },
        "cause" => this with { Cause = null },
        "min" => this with { AtLeast = null },
        "due" => this with { Overdue = false },
        "entity" => this with { Entity = null },
        "operation" => this with { Operation = null },
        "opened" => this with { OpenedSince = null, OpenedUntil = null },
        "q" => this with { Query = null },
        _ => this,
    };

    private IEnumerable<(string Key, string? Value)> Pairs()
    {
        yield return ("queue", MyQueues ? "mine" : Queue);
        yield return ("held", Mine ? "me" : Team ? "team" : null);
        yield return ("unit", Unit);
        yield return ("state", State is { } state ? CaseWords.Code(state) : null);
        yield return ("type", Type);
        yield return ("cause", Cause);
        yield return ("min", AtLeast?.ToString("0.####", CultureInfo.InvariantCulture));
        yield return ("due", Overdue ? "over" : null);
        yield return ("entity", Entity);
        yield return ("operation", Operation);
        yield return ("opened-since", Address.Write(OpenedSince));
        yield return ("opened-until", Address.Write(OpenedUntil));
        yield return ("q", Query);
        yield return ("sort", Sort is CaseSort.Rank ? null : Sort.ToString().ToLowerInvariant());
        yield return ("cols", Columns);
        yield return ("rows", Compact ? "compact" : null);
    }
}
