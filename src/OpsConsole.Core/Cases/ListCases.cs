namespace OpsConsole.Cases;

/// <summary>The exceptions that the caller may see, filtered and in order, a page at a time.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Sort">In which order.</param>
/// <param name="After">The <see cref="CasePage.Next"/> of the page before; nothing: from the start.</param>
/// <param name="Take">How many, at most <see cref="Longest"/>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListCases(CaseFilter Filter, CaseSort Sort, string? After, int Take, Actor Actor) : IRequest<Outcome<CasePage>>, IGuarded
{
    public const int Longest = 500;

    public Right Needs => Right.ReadCases;
}

public enum CaseSort
{
    /// <summary>Most urgent first; what has no due time last.</summary>
    Due,

    /// <summary>Most at risk first; what has no known amount last.</summary>
    Risk,

    /// <summary>Oldest first.</summary>
    Age,

    /// <summary>Latest opened first.</summary>
    Newest,
}

/// <summary>What a list of exceptions is narrowed to. An empty filter shows all, ended ones too.</summary>
public sealed record CaseFilter
{
    /// <summary>Any of these; nothing: every state.</summary>
    public IReadOnlyCollection<CaseState>? States { get; init; }

    /// <summary>A queue's code.</summary>
    public string? Queue { get; init; }

    public string? Unit { get; init; }

    /// <summary>An exception type's code.</summary>
    public string? Type { get; init; }

    /// <summary>Only what this person (id) holds.</summary>
    public string? Holder { get; init; }

    /// <summary>Only what nobody holds.</summary>
    public bool Unheld { get; init; }

    /// <summary>Only of one cause.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Only of one object.</summary>
    public Guid? ObjectKey { get; init; }

    /// <summary>Only what is about objects of this type.</summary>
    public string? EntityType { get; init; }

    /// <summary>Only where this was tried; for what did not come, the milestone.</summary>
    public string? Operation { get; init; }

    /// <summary>Opened at or after.</summary>
    public DateTimeOffset? OpenedSince { get; init; }

    /// <summary>Opened before.</summary>
    public DateTimeOffset? OpenedUntil { get; init; }

    /// <summary>Only what is past its due time.</summary>
    public bool Overdue { get; init; }

    /// <summary>At least this much at risk in the reporting currency.</summary>
    public decimal? AtLeast { get; init; }

    /// <summary>The beginning of an object's id or label, or an exception's number (<c>EX-20418</c>).</summary>
    public string? Query { get; init; }
}

/// <param name="Items">The rows of this page.</param>
/// <param name="Total">How many there are in all, exactly.</param>
/// <param name="AtRisk">Sum over all of them in the reporting currency, each object counted once.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Unconverted">How many have an amount but no known rate, and so are missing from the sum.</param>
/// <param name="Next">Where the next page begins; nothing: this is the last.</param>
public sealed record CasePage(IReadOnlyList<CaseRow> Items, int Total, decimal AtRisk, string Currency, int Unconverted, string? Next);

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
    public string? Queue { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset FailedAt { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public DateTimeOffset? ProofDueAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Ending { get; init; }
    public string? ProofEvent { get; init; }
    public int Spells { get; init; }
    public int Attempts { get; init; }
    public Guid? MovedTo { get; init; }
    public int Version { get; init; }

    /// <summary>How many of the same cause have not ended, this one included. Filled in by lists.</summary>
    public int OfCause { get; set; }

    public string Name => $"EX-{Number}";
}
