using Microsoft.AspNetCore.Identity;
using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Audit;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Close;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Intake;
using OpsConsole.Intake.Mappings;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Notify;
using OpsConsole.Ownership;
using OpsConsole.Privacy;
using OpsConsole.Projection;
using OpsConsole.Rates;
using OpsConsole.Replay;
using OpsConsole.Reports;
using OpsConsole.Replay.Bulks;
using OpsConsole.Routing;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;
using OpsConsole.Storage.Rows;
using OpsConsole.Traces;

namespace OpsConsole.Storage;

/// <summary>All tables. What is portable is mapped beside each entity; what is not, by the dialect.</summary>
public class OpsDb(DbContextOptions<OpsDb> options, IDatabaseDialect dialect) : DbContext(options)
{
    private Scope? _rows;
    private bool _begun;

    public IDatabaseDialect Dialect => dialect;

    /// <summary>
    /// Whose rows it may touch: the database withholds those of other units where it can (<see cref="RowWall"/>), the context's own model those of other legal
    /// entities (<see cref="EntityLimits"/>). Nothing: the console works by itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has begun with a model that knows no legal entities: it would tell of all of them.</exception>
    public Scope? Rows
    {
        get => _rows;
        set => _rows = _begun && !LimitsEntities && value is { ByEntity: true }
            ? throw new InvalidOperationException("This context was used before it was limited to legal entities. Ask in a scope of its own.")
            : value;
    }

    /// <summary>Its model looks at legal entities. Decided when it is used first.</summary>
    public bool LimitsEntities { get; private set; }

    /// <summary>Asked by the filters of such a model at each statement.</summary>
    internal bool AllEntities => _rows is not { ByEntity: true };

    /// <inheritdoc cref="AllEntities"/>
    internal string[] Entities => _rows?.Entities ?? [];

    /// <summary>The same tables, looked at as here, over a connection of its own, so that two questions can be asked at once. Who asks for it disposes of it.</summary>
    public virtual OpsDb Beside() => new(Options, dialect) { Rows = Rows };

    /// <summary>The same tables with all of their rows, over a connection of its own: for the few questions whose answer must not depend on who asks (docs/decisions/0030 lists them).</summary>
    public OpsDb OverAllRows()
    {
        var all = Beside();
        all.Rows = null;
        return all;
    }

    // As handed in, not as the context says: asking it would begin it.
    internal DbContextOptions<OpsDb> Options => options;

    public DbSet<Contract> Contracts => Set<Contract>();
    public DbSet<ContractVersion> ContractVersions => Set<ContractVersion>();
    public DbSet<FieldReveal> FieldReveals => Set<FieldReveal>();
    public DbSet<FieldKey> FieldKeys => Set<FieldKey>();
    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();
    public DbSet<RetentionCount> RetentionCounts => Set<RetentionCount>();
    public DbSet<OwnershipRule> OwnershipRules => Set<OwnershipRule>();

    public DbSet<SyncEvent> Events => Set<SyncEvent>();
    public DbSet<BusinessObject> Objects => Set<BusinessObject>();
    public DbSet<ObjectState> ObjectStates => Set<ObjectState>();
    public DbSet<SaidName> SaidNames => Set<SaidName>();
    public DbSet<SaidLink> SaidLinks => Set<SaidLink>();
    public DbSet<ObjectLink> ObjectLinks => Set<ObjectLink>();

    public DbSet<Span> Spans => Set<Span>();
    public DbSet<LogRecord> Logs => Set<LogRecord>();
    public DbSet<TraceSummary> Traces => Set<TraceSummary>();
    public DbSet<TraceKey> TraceKeys => Set<TraceKey>();

    public DbSet<Flow> Flows => Set<Flow>();
    public DbSet<Transaction> Transactions => Set<Transaction>();
    public DbSet<TransactionObject> TransactionObjects => Set<TransactionObject>();
    public DbSet<TransactionMilestone> TransactionMilestones => Set<TransactionMilestone>();

    public DbSet<ExceptionSignal> Signals => Set<ExceptionSignal>();
    public DbSet<ExceptionCase> Cases => Set<ExceptionCase>();
    public DbSet<CaseStep> CaseSteps => Set<CaseStep>();
    public DbSet<CaseWatch> CaseWatches => Set<CaseWatch>();
    public DbSet<CaseTag> CaseTags => Set<CaseTag>();
    public DbSet<CaseTicket> CaseTickets => Set<CaseTicket>();
    public DbSet<CasePresence> CasePresences => Set<CasePresence>();

    public DbSet<FourEyesRule> FourEyesRules => Set<FourEyesRule>();
    public DbSet<LoneReplay> LoneReplays => Set<LoneReplay>();
    public DbSet<FourEyesPurse> FourEyesPurses => Set<FourEyesPurse>();
    public DbSet<CauseMove> CauseMoves => Set<CauseMove>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<PayloadVersion> PayloadVersions => Set<PayloadVersion>();
    public DbSet<RepairDraft> RepairDrafts => Set<RepairDraft>();
    public DbSet<ReplayItem> ReplayItems => Set<ReplayItem>();
    public DbSet<ReplayAttempt> ReplayAttempts => Set<ReplayAttempt>();
    public DbSet<ReplayTarget> Targets => Set<ReplayTarget>();
    public DbSet<Bulk> Bulks => Set<Bulk>();
    public DbSet<BulkItem> BulkItems => Set<BulkItem>();

    public DbSet<Calendar> Calendars => Set<Calendar>();
    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();

    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeItem> NoticeItems => Set<NoticeItem>();
    public DbSet<NoticeLetter> NoticeLetters => Set<NoticeLetter>();
    public DbSet<NoticeWish> NoticeWishes => Set<NoticeWish>();
    public DbSet<ChatHook> ChatHooks => Set<ChatHook>();

    public DbSet<BookVersion> BookVersions => Set<BookVersion>();
    public DbSet<BookDraft> BookDrafts => Set<BookDraft>();
    public DbSet<EscalationLevel> EscalationLevels => Set<EscalationLevel>();
    public DbSet<CaseEscalation> CaseEscalations => Set<CaseEscalation>();
    public DbSet<CasePause> CasePauses => Set<CasePause>();
    public DbSet<RecoveryObjective> RecoveryObjectives => Set<RecoveryObjective>();
    public DbSet<RoutingRule> RoutingRules => Set<RoutingRule>();
    public DbSet<WorkQueue> Queues => Set<WorkQueue>();
    public DbSet<ExchangeRate> Rates => Set<ExchangeRate>();
    public DbSet<KpiPoint> KpiPoints => Set<KpiPoint>();
    public DbSet<KpiHour> KpiHours => Set<KpiHour>();
    public DbSet<KpiRoll> KpiRolls => Set<KpiRoll>();
    public DbSet<KpiTouch> KpiTouches => Set<KpiTouch>();
    public DbSet<Annotation> Annotations => Set<Annotation>();
    public DbSet<ReportSchedule> ReportSchedules => Set<ReportSchedule>();

    public DbSet<Snapshot> Snapshots => Set<Snapshot>();

    public DbSet<Source> Sources => Set<Source>();
    public DbSet<SourceKey> SourceKeys => Set<SourceKey>();
    public DbSet<IntakeCount> IntakeCounts => Set<IntakeCount>();
    public DbSet<SourceHour> SourceHours => Set<SourceHour>();
    public DbSet<FeedQuarter> FeedQuarters => Set<FeedQuarter>();
    public DbSet<Feed> Feeds => Set<Feed>();
    public DbSet<HookFailure> HookFailures => Set<HookFailure>();
    public DbSet<SourceRefusal> SourceRefusals => Set<SourceRefusal>();
    public DbSet<EventMapping> Mappings => Set<EventMapping>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<Quarantined> Quarantine => Set<Quarantined>();
    public DbSet<Conflict> Conflicts => Set<Conflict>();
    public DbSet<ParkedFact> ParkedFacts => Set<ParkedFact>();

    public DbSet<Person> People => Set<Person>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SignInCount> SignInCounts => Set<SignInCount>();
    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();
    public DbSet<IdentityUserLogin<Guid>> PersonLogins => Set<IdentityUserLogin<Guid>>();
    public DbSet<IdentityUserPasskey<Guid>> Passkeys => Set<IdentityUserPasskey<Guid>>();
    public DbSet<AccessState> AccessStates => Set<AccessState>();
    public DbSet<EmergencyAccess> EmergencyAccess => Set<EmergencyAccess>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();
    public DbSet<AuditAnchor> AuditAnchors => Set<AuditAnchor>();
    public DbSet<AuditKey> AuditKeys => Set<AuditKey>();
    public DbSet<AuditDelivery> AuditDeliveries => Set<AuditDelivery>();

    public DbSet<Change> Changes => Set<Change>();
    public DbSet<Lease> Leases => Set<Lease>();
    public DbSet<KnownAnswer> KnownAnswers => Set<KnownAnswer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OpsDb).Assembly);
        dialect.Shape(modelBuilder);
        if (LimitsEntities)
        {
            EntityLimits.Shape(modelBuilder, this);
        }
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => (_begun, LimitsEntities) = (true, !AllEntities);
}
