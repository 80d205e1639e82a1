using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Queries;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What a search is read against besides its words: who asks, when, and which objects its business keys mean.</summary>
internal sealed class SearchLens
{
    private const int MostObjects = 200;

    private readonly Dictionary<string, NamedObjects> _named = new(StringComparer.Ordinal);

    private SearchLens(OpsDb db, Actor actor, DateTimeOffset now, TelemetryVeil veil) => (Db, Actor, Now, Veil) = (db, actor, now, veil);

    public OpsDb Db { get; }

    public Actor Actor { get; }

    /// <summary>Who may not see a value does not find by it.</summary>
    public TelemetryVeil Veil { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The people of the reader's teams.</summary>
    public IReadOnlyList<string> Team { get; private set; } = [];

    /// <summary>A business key bounds it: rows are found by an index whatever the time.</summary>
    public bool ByKey { get; private set; }

    /// <summary>A trace's id bounds it: the same for spans.</summary>
    public bool ByTrace { get; private set; }

    /// <summary>The trace that it is about, when it is known: its events stand around its time.</summary>
    public TraceSummary? Trace { get; private set; }

    public static async Task<SearchLens> Read(OpsDb db, ContractShelf shelf, QueryNode node, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lens = new SearchLens(db, actor, now, await TelemetryVeil.Of(db, shelf, actor, cancellationToken));
        var terms = Terms(node).ToList();
        foreach (var term in terms.Where(term => term.Field is null || term.Field.IsKey()))
        {
            lens._named.TryAdd(Name(term), await Find(db, term, cancellationToken));
        }

        if (terms.Any(term => term.Field is { Name: "team", Kind: QueryKind.Flag }))
        {
            lens.Team = (await Teams.Of(db, actor.Id, cancellationToken)).People;
        }

        var anchors = Together(node).OfType<QueryTerm>().ToList();
        lens.ByKey = anchors.Exists(term => term.Field is null ? lens.Named(term).Objects.Count > 0 : term.Field.IsKey());
        if (anchors.Select(TraceOf).OfType<byte[]>().FirstOrDefault() is { } trace)
        {
            lens.ByTrace = true;
            lens.Trace = await db.Traces.AsNoTracking().SingleOrDefaultAsync(t => t.TraceId == trace, cancellationToken);
        }

        return lens;
    }

    /// <summary>What a term's business key means, whoever calls it so.</summary>
    public NamedObjects Named(QueryTerm term) => _named.GetValueOrDefault(Name(term), NamedObjects.None);

    /// <summary>The parts that must all hold.</summary>
    public static IEnumerable<QueryNode> Together(QueryNode node) => node is AllOf all ? all.Parts.SelectMany(Together) : [node];

    private static IEnumerable<QueryTerm> Terms(QueryNode node) => node switch
    {
        AllOf all => all.Parts.SelectMany(Terms),
        AnyOf any => any.Parts.SelectMany(Terms),
        NotOf not => Terms(not.Part),
        QueryTerm term => [term],
        _ => [],
    };

    private static string Name(QueryTerm term) => $"{term.Field?.Name} {term.Value}";

    private static byte[]? TraceOf(QueryTerm term) => term.Field is null or { Name: "trace" } ? TraceIds.Parse(term.Value) : null;

    // A key without a type is tried with every type that is known: a span may name what no event has told of yet.
    private static async Task<NamedObjects> Find(OpsDb db, QueryTerm term, CancellationToken cancellationToken)
    {
        var said = new[] { term.Value.Trim(), term.Value.Trim().ToUpperInvariant() }.Distinct().ToArray();
        var type = term.Field is { } field && CaseVocabulary.IsThing(field) ? field.Name : null;
        var found = await db.Objects.Where(o => said.Contains(o.Id) && (type == null || o.Type == type)).Select(o => o.Key)
            .Union(db.SaidNames.Where(n => said.Contains(n.Id) && (type == null || n.TargetType == type)).Select(n => n.TargetSpokenKey))
            .OrderBy(key => key).Take(MostObjects).ToListAsync(cancellationToken);
        var spoken = (await ObjectNames.Of(db, found, cancellationToken)).Select(name => name.SpokenKey);
        IEnumerable<string> types = type is null ? CaseVocabulary.Things : [type];
        return new NamedObjects(found, [.. spoken.Concat(from one in types from id in said select Ids.OfObject(one, id)).Distinct()]);
    }
}

/// <param name="Objects">Keys of the objects.</param>
/// <param name="Spoken">Keys of all names under which facts and spans speak of them.</param>
internal sealed record NamedObjects(IReadOnlyList<Guid> Objects, IReadOnlyList<Guid> Spoken)
{
    public static readonly NamedObjects None = new([], []);
}
