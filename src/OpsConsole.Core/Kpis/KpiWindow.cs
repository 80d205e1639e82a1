using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Routing;

namespace OpsConsole.Kpis;

/// <summary>What a number is asked for.</summary>
/// <param name="From">Period's start; numbers of the present state ignore the period.</param>
/// <param name="To">Period's end.</param>
/// <param name="Now">By which deadlines are judged.</param>
/// <param name="Unit">One business unit; nothing: all of the scope.</param>
/// <param name="Scope">Of who asks.</param>
/// <param name="Flow">The flow that the board is about.</param>
/// <param name="Options">Milestones and targets.</param>
/// <param name="Rates">To the reporting currency.</param>
public sealed record KpiWindow(
    DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now, string? Unit, Scope Scope, string Flow, KpiOptions Options, RateTable Rates)
{
    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    /// <summary>Only what is in this currency; the number stays in the reporting currency.</summary>
    public string? Currency { get; init; }

    /// <summary>The reader chose the flow: exceptions and objects are narrowed to it too, and not only transactions.</summary>
    public bool FlowAsked { get; init; }

    /// <summary>The stretch to compare with, as <see cref="Against"/> finds it; nothing: as long as this one.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Earlier { get; init; }

    /// <summary>How that stretch is laid beside this one.</summary>
    public BoardAgainst Against { get; init; }

    /// <summary>When each business unit works.</summary>
    public CalendarBook Calendars { get; init; } = CalendarBook.Empty;

    /// <summary>The flow's recovery objective; nothing: it has none, or nobody asked yet.</summary>
    public RecoveryObjective? Objective { get; init; }

    /// <summary>The fingerprints of the causes with most money at risk; empty until somebody asked.</summary>
    public IReadOnlyList<string> TopCauses { get; init; } = [];

    /// <summary>What the reader narrowed it by.</summary>
    public KpiNarrow Asks =>
        (Unit is null ? 0 : KpiNarrow.Unit) | (LegalEntity is null ? 0 : KpiNarrow.LegalEntity) | (Region is null ? 0 : KpiNarrow.Region)
        | (Currency is null ? 0 : KpiNarrow.Currency) | (FlowAsked ? KpiNarrow.Flow : 0);

    /// <summary>Narrowed by more than the unit. Of that no samples are kept.</summary>
    public bool BeyondUnits => (Asks & ~KpiNarrow.Unit) is not KpiNarrow.None;

    /// <summary>The stretch before it, to compare with.</summary>
    public KpiWindow Before() => Earlier is { } earlier
        ? this with { From = earlier.From, To = earlier.To, Earlier = null }
        : this with { From = From - (To - From), To = From };

    /// <summary>Both stretches in one, to be read in one look, where little lies between them; else nothing.</summary>
    public KpiWindow? WithBefore() =>
        Before() is var before && before.To <= From && From - before.To <= To - From ? this with { From = before.From } : null;

    /// <summary>The same without any narrowing, whoever asks.</summary>
    public KpiWindow Wide() => this with { Unit = null, Scope = Scope.All, LegalEntity = null, Region = null, Currency = null, FlowAsked = false };
}
