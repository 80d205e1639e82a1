namespace OpsConsole.Cases;

/// <summary>One exception as lists show it.</summary>
public sealed record CaseRow
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required SignalKind Kind { get; init; }
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required string Fingerprint { get; init; }
    public required string Cause { get; init; }
    public required Guid ObjectKey { get; init; }
    public required string ObjectType { get; init; }
    public required string ObjectId { get; init; }
    public string? ObjectLabel { get; init; }
    public required string System { get; init; }
    public required string Operation { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public string? Region { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public decimal? Reporting { get; init; }
    public DateOnly? RateDate { get; init; }
    public required CaseState State { get; init; }

    /// <summary>A replay did not prove itself, or it failed again after it was settled.</summary>
    public bool CameBack { get; init; }

    /// <summary>The latest repaired payload; 0: none, so "claimed" is not yet "in repair".</summary>
    public int PayloadVersion { get; init; }
    public string? Holder { get; init; }
    public string? HolderName { get; init; }
    public DateTimeOffset? HeldSince { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }
    public string? Queue { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset FailedAt { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Also woken when its cause has this much at risk in the reporting currency.</summary>
    public decimal? SnoozeAmount { get; init; }
    public DateTimeOffset? ProofDueAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Ending { get; init; }
    public string? ProofEvent { get; init; }
    public int Spells { get; init; }
    public int Attempts { get; init; }
    public Guid? MovedTo { get; init; }
    public int Version { get; init; }

    /// <summary>Its place by at risk × urgency: see <see cref="CaseRank"/>.</summary>
    public long RankOrder { get; init; }

    /// <summary>How many of the same cause have not ended, this one included. Filled in by lists.</summary>
    public int OfCause { get; set; }

    public string Name => $"EX-{Number}";

    internal static CaseRow Of(ExceptionCase c) => new()
    {
        Id = c.Id, Number = c.Number, Kind = c.Kind, Type = c.ExceptionType, Title = c.Title, Fingerprint = c.Fingerprint, Cause = c.Cause,
        ObjectKey = c.ObjectKey, ObjectType = c.ObjectType, ObjectId = c.ObjectId, ObjectLabel = c.ObjectLabel,
        System = c.System, Operation = c.Operation, Unit = c.Unit, LegalEntity = c.LegalEntity, Region = c.Region,
        Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount, RateDate = c.RateDate,
        State = c.State, CameBack = c.CameBack, PayloadVersion = c.PayloadVersion, Holder = c.Holder, HolderName = c.HolderName, HeldSince = c.HeldSince, HeldUntil = c.HeldUntil,
        Queue = c.Queue, DueAt = c.DueAt, OpenedAt = c.OpenedAt, FailedAt = c.FailedAt, SnoozedUntil = c.SnoozedUntil, SnoozeAmount = c.SnoozeAmount, ProofDueAt = c.ProofDueAt,
        EndedAt = c.EndedAt, Ending = c.Ending, ProofEvent = c.ProofKey is null ? null : Convert.ToHexStringLower(c.ProofKey),
        Spells = c.Spells, Attempts = c.Attempts, MovedTo = c.MovedTo, Version = c.Version, RankOrder = c.RankOrder,
    };
}
