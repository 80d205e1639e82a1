namespace OpsConsole.Routing;

/// <summary>A stretch in which an exception's clock stands still, because it waits for somebody outside. It ends by itself.</summary>
public sealed class CasePause
{
    public required Guid CaseId { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>The latest end, fixed when it begins.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it ended; nothing: it goes on, to <see cref="Until"/> at the latest.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What is waited for.</summary>
    public required string Reason { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }
}

/// <summary>
/// Who hears when so little time is left on an exception of such an amount. Each level is taken once for each time that an exception opens;
/// what it did stands in the exception's history.
/// </summary>
public sealed class EscalationLevel
{
    /// <summary>As a recipient: whoever holds it, and the stewards of its unit while nobody does.</summary>
    public const string Holder = "holder";

    public required Guid Id { get; init; }

    /// <summary>From 1, in the order in which pages show them; the higher, the further up.</summary>
    public int Ordinal { get; set; }

    public required string Name { get; set; }

    /// <summary>A queue's code; nothing: any.</summary>
    public string? Queue { get; set; }

    public string? Unit { get; set; }

    /// <summary>At least so much at risk in the reporting currency; nothing: any amount.</summary>
    public decimal? AmountAtLeast { get; set; }

    /// <summary>Share of its time that is left, in percent: 25 a quarter, 0 when it falls due, -100 when it is overdue by as much again.</summary>
    public int LeftPercent { get; set; }

    /// <summary><see cref="Holder"/>, or a recipient as <see cref="Notify.Notice"/> names it.</summary>
    public required string Recipient { get; set; }

    /// <summary>Its notices wait for no digest.</summary>
    public bool Urgent { get; set; }

    public bool Disabled { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";

    /// <summary>True where the level speaks of such an exception at all, whatever the time.</summary>
    public bool Concerns(string? queue, string unit, decimal? reportingAmount) =>
        !Disabled && (Queue is null || Queue == queue) && (Unit is null || Unit == unit) && (AmountAtLeast is not { } least || reportingAmount >= least);
}

/// <summary>A level that was taken: the key lets it be taken once.</summary>
public sealed class CaseEscalation
{
    public required Guid CaseId { get; init; }

    /// <summary>The exception's spell.</summary>
    public required int Spells { get; init; }

    public required Guid LevelId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The promise for a flow: such a share of its exceptions is recovered within so many hours.</summary>
public sealed class RecoveryObjective
{
    public required string Flow { get; init; }

    public double Hours { get; set; }

    /// <summary>A calendar's name, <c>unit</c>, or nothing for plain hours.</summary>
    public string? Calendar { get; set; }

    /// <summary>0 to 1.</summary>
    public double Share { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }
}
