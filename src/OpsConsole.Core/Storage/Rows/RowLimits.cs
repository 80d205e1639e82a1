using OpsConsole.Approvals;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Close;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Notify;
using OpsConsole.Ownership;
using OpsConsole.Privacy;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Routing;
using OpsConsole.Sources;
using OpsConsole.Storage.Past;
using OpsConsole.Traces;

namespace OpsConsole.Storage.Rows;

/// <summary>How a row says whose it is.</summary>
public enum RowOwner
{
    /// <summary>By a unit.</summary>
    Unit,

    /// <summary>By a unit; with none it is nobody's, and anybody sees it who may read such rows at all.</summary>
    UnitOrNobody,

    /// <summary>By units, one a line: it is seen by who sees all of them.</summary>
    Units,

    /// <summary>It hangs on another row and is seen with that.</summary>
    Parent,
}

/// <summary>How a row says of which legal entity it is.</summary>
public enum EntityOwner
{
    /// <summary>By its own column.</summary>
    Named,

    /// <summary>It hangs on another row and is seen with that.</summary>
    Parent,

    /// <summary>A bulk: seen by who sees all that is in it.</summary>
    Whole,

    /// <summary>With a unit it may be of any of the unit's legal entities, and is not seen; without one it is nobody's.</summary>
    Unitless,

    /// <summary>It counts all of a unit's legal entities together: not seen.</summary>
    Nobodys,

    /// <summary>It is for whom it was written.</summary>
    Open,
}

/// <summary>A table of which a connection that is limited sees only some rows.</summary>
/// <param name="Type">What stands in it.</param>
/// <param name="By">How its rows say whose they are.</param>
/// <param name="Column">Where.</param>
/// <param name="Parent">On what its rows hang, where they do.</param>
public sealed record RowLimit(Type Type, RowOwner By, string Column = "Unit", Type? Parent = null)
{
    /// <summary>How its rows say of which legal entity they are (<see cref="EntityLimits"/>).</summary>
    public EntityOwner ByEntity { get; init; } = By is RowOwner.Parent ? EntityOwner.Parent : EntityLimits.IsNamed(Type) ? EntityOwner.Named : EntityOwner.Nobodys;

    /// <summary>Of <see cref="EntityOwner.Parent"/>: where the parent's key stands.</summary>
    public string ParentColumn { get; init; } = Column;

    /// <summary>Its name in the database.</summary>
    public string Table(OpsDb db) => Kept.TableOf(db, Type);

    /// <summary>True when former rows are kept beside it, which are limited alike.</summary>
    public bool HasPast => Kept.Changing.Contains(Type);
}

/// <summary>
/// Which rows the database itself withholds from a connection that is limited to units (docs/decisions/0030): the second wall, behind the conditions of the handlers.
/// A table with a unit stands here or in <see cref="Open"/>; <c>RowLimitsTests</c> sees to it.
/// </summary>
public static class RowLimits
{
    public static readonly IReadOnlyList<RowLimit> All =
    [
        new(typeof(ExceptionCase), RowOwner.Unit),
        new(typeof(ExceptionSignal), RowOwner.Unit),
        new(typeof(BusinessObject), RowOwner.Unit),
        new(typeof(Transaction), RowOwner.Unit),
        new(typeof(BulkItem), RowOwner.Unit, Parent: typeof(ExceptionCase)) { ByEntity = EntityOwner.Parent, ParentColumn = nameof(BulkItem.CaseId) },
        new(typeof(KpiPoint), RowOwner.Unit),
        new(typeof(KpiHour), RowOwner.Unit),
        new(typeof(Feed), RowOwner.Unit),
        new(typeof(FeedQuarter), RowOwner.Unit),
        new(typeof(AuditEntry), RowOwner.UnitOrNobody) { ByEntity = EntityOwner.Unitless },
        new(typeof(Annotation), RowOwner.UnitOrNobody) { ByEntity = EntityOwner.Open },
        new(typeof(Snapshot), RowOwner.UnitOrNobody),
        new(typeof(Notice), RowOwner.UnitOrNobody) { ByEntity = EntityOwner.Open },
        new(typeof(NoticeItem), RowOwner.UnitOrNobody) { ByEntity = EntityOwner.Open },
        new(typeof(Bulk), RowOwner.Units, "Units") { ByEntity = EntityOwner.Whole },
        Of<CaseStep, ExceptionCase>("CaseId"),
        Of<CaseTag, ExceptionCase>("CaseId"),
        Of<CaseTicket, ExceptionCase>("CaseId"),
        Of<CaseWatch, ExceptionCase>("CaseId"),
        Of<CaseEscalation, ExceptionCase>("CaseId"),
        Of<CasePause, ExceptionCase>("CaseId"),
        Of<CasePresence, ExceptionCase>("CaseId"),
        Of<PayloadVersion, ExceptionCase>("CaseId"),
        Of<RepairDraft, ExceptionCase>("CaseId"),
        Of<ReplayItem, ExceptionCase>("CaseId"),
        Of<ReplayAttempt, ExceptionCase>("CaseId"),
        Of<TransactionMilestone, Transaction>("TransactionKey"),
        Of<TransactionObject, BusinessObject>("ObjectKey"),
        Of<ObjectState, BusinessObject>("ObjectKey"),
    ];

    /// <summary>Tables with a unit that are not limited: rules, which name units and no fact of theirs; facts, which are reached through what was made of them; what is added up over units on purpose.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Open = new Dictionary<Type, string>
    {
        [typeof(SyncEvent)] = "Facts are reached through their object or exception.",
        [typeof(TraceKey)] = "A span names an object; whose that is says the object.",
        [typeof(Change)] = "News names no row's content, and is read by the console itself.",
        [typeof(LoneReplay)] = "Four eyes add up what one hand sent, wherever it was.",
        [typeof(FourEyesRule)] = "A rule.",
        [typeof(RoutingRule)] = "A rule.",
        [typeof(EscalationLevel)] = "A rule.",
        [typeof(OwnershipRule)] = "A rule.",
        [typeof(LegalHold)] = "Retention and erasure ask over all units what is held; the page shows the reader the holds of their own.",
        [typeof(SavedView)] = "A filter; its owner keeps it.",
    };

    private static RowLimit Of<T, TParent>(string column) => new(typeof(T), RowOwner.Parent, column, typeof(TParent));
}
