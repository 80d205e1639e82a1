using OpsConsole.Calendars;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Projection;

/// <summary>What the parts of one fold share: the transaction's context and what has been touched so far.</summary>
internal sealed class FoldRun(OpsDb db, IReadOnlyList<FlowDefinition> flows, CalendarBook calendars, LongFacts known)
{
    public OpsDb Db => db;

    public IReadOnlyList<FlowDefinition> Flows => flows;

    /// <summary>As they stood when the turn began.</summary>
    public CalendarBook Calendars => calendars;

    public ObjectSet Objects { get; } = new(db);

    /// <summary>Facts that need not be read.</summary>
    public LongFacts Known => known;

    /// <summary>All facts of each object that was folded, to be known from the commit on.</summary>
    public Dictionary<Guid, List<Fact>> Facts { get; } = [];

    /// <summary>Names have another meaning than before, so that what was known of objects is not all.</summary>
    public bool Renamed { get; set; }

    /// <summary>Objects whose facts were folded anew.</summary>
    public Dictionary<Guid, FoldedObject> Folded { get; } = [];

    /// <summary>Objects that no fact and no link names any more, because an alias or a merge took their place.</summary>
    public HashSet<Guid> Vanished { get; } = [];

    /// <summary>Links that were not known before, each from both of its ends.</summary>
    public List<ObjectLink> NewLinks { get; } = [];

    /// <summary>Objects that exist since this fold, named by a link only.</summary>
    public List<BusinessObject> NewByLink { get; } = [];

    /// <summary>Transactions that were folded, by key.</summary>
    public Dictionary<Guid, FoldedTransaction> Transactions { get; } = [];

    /// <summary>Object → leads of the transactions folded now that it belongs to.</summary>
    public Dictionary<Guid, HashSet<Guid>> Memberships { get; } = [];

    /// <summary>Where something changed, for the news.</summary>
    public HashSet<string> Units { get; } = [];
}
