using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Projection;
using OpsConsole.Rates;
using OpsConsole.Replay;
using OpsConsole.Routing;
using OpsConsole.Sources;
using OpsConsole.Traces;

namespace OpsConsole.Storage.Past;

/// <summary>
/// Of which tables the console remembers what it knew when. Anything else (rules, sources, people) is read as it is now. To keep one more: a line here, its name in
/// both <c>PastSql</c>, and a migration that runs <c>PastSql.Renew</c>; <c>KeptTests</c> compares the three.
/// </summary>
public static class Kept
{
    /// <summary>How the views through which the past is read begin. No schema of their own: who owns the tables may not be allowed to make one.</summary>
    public const string View = "past_";

    /// <summary>How the tables of former rows end, which begin like the views.</summary>
    public const string Was = "_was";

    /// <summary>The trigger that keeps a table's former rows, where a database has one by table.</summary>
    public const string Trigger = "past_keep_";

    /// <summary>Their rows change: each former row is kept with the interval in which it was true.</summary>
    public static readonly IReadOnlyList<Type> Changing =
    [
        typeof(Transaction), typeof(TransactionMilestone), typeof(TransactionObject), typeof(BusinessObject), typeof(ObjectState), typeof(ObjectLink), typeof(SaidName), typeof(TraceSummary),
        typeof(TraceKey), typeof(ExceptionSignal), typeof(ExceptionCase), typeof(CaseStep), typeof(CaseTag), typeof(CaseTicket), typeof(CaseWatch), typeof(CaseEscalation), typeof(CasePause),
        typeof(CauseMove), typeof(PayloadVersion), typeof(ReplayItem), typeof(ReplayAttempt), typeof(Flow), typeof(ExchangeRate), typeof(KpiPoint), typeof(Batch), typeof(RecoveryObjective), typeof(Annotation),
    ];

    /// <summary>Their rows never change and say themselves when they came.</summary>
    public static readonly IReadOnlyList<Type> Received = [typeof(SyncEvent), typeof(Span), typeof(LogRecord), typeof(AuditEntry), typeof(SourceHour)];

    /// <summary>The name of its table.</summary>
    public static string TableOf(OpsDb db, Type type)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Model.FindEntityType(type)?.GetTableName() ?? throw new InvalidOperationException($"{type} is not mapped.");
    }
}
