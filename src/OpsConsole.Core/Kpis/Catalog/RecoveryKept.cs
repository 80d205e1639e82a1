using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Catalog;

/// <summary>Whether the flow recovered within the time that was agreed for it.</summary>
public sealed class RecoveryKept : ShareKpi
{
    public override string Code => "recovery-kept";
    public override string Title => "Recovery objective kept";
    public override Better Better => Better.Higher;
    public override KpiSubject Subject => KpiSubject.Exception;
    public override bool CarriesMoney => true;

    public override KpiDefinition Definition => new(
        "Exceptions of the board's flow that opened in the period and were resolved within its recovery objective ÷ those and the ones that took or have waited longer. Dismissed ones are left out, open ones that are still in time are not decided.",
        "Exceptions about the flow's objects and milestones; the objective and its calendar as set for the flow now, for all of the period.",
        "Integration lead",
        KpiVersion.Of("2026-11-21", "First version."));

    protected override (string Holds, string Not) Words => ("recovered", "missed");

    public override async Task<KpiWindow> Ready(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        return window with { Objective = await db.RecoveryObjectives.AsNoTracking().SingleOrDefaultAsync(one => one.Flow == window.Flow, cancellationToken) };
    }

    public override Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken) => ReadOnce(db, window, cancellationToken);

    public override IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window) =>
        from c in db.CasesIn(window with { FlowAsked = true })
        where c.OpenedAt >= window.From && c.OpenedAt < window.To && c.State != CaseState.Dismissed
        select new KpiRow { Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, At = c.OpenedAt, CameAt = c.EndedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount };

    public override decimal? ValueOf(KpiRow row, KpiWindow window) => window.Objective is not { } objective ? null
        : window.Calendars.Between(objective.Calendar, row.Unit, row.At, row.CameAt ?? window.Now).TotalHours > objective.Hours ? 0
        : row.CameAt is null ? null
        : 1;

    public override string WhyNothing(KpiWindow window) =>
        window.Objective is null ? "The flow has no recovery objective." : "Nothing of the flow that opened in the period is decided yet.";

    // The objective is the flow's own wish; it is looked up with the rows.
    public override decimal? Wish(KpiWindow window) => window.Objective is { } objective ? (decimal)objective.Share * 100 : null;
}
