namespace OpsConsole.Events;

/// <summary>A business object under its canonical (type, id), folded from all that was said of it. It exists once a fact or a link names it.</summary>
public sealed class BusinessObject
{
    private IReadOnlyDictionary<string, StateFirst>? _firsts;

    /// <summary><see cref="Ids.OfObject"/>.</summary>
    public required Guid Key { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>How people call it: the latest attribute <c>name</c> or <c>customerName</c>, when a system said one.</summary>
    public string? Label { get; set; }

    /// <summary>Its own latest value, when a fact said one.</summary>
    public string? OwnUnit { get; set; }

    public string? OwnLegalEntity { get; set; }

    public string? OwnRegion { get; set; }

    /// <summary>Its own value, else that of its transactions' leads when they agree, else <see cref="Scope.Unassigned"/>.</summary>
    public string Unit { get; set; } = Scope.Unassigned;

    public string? LegalEntity { get; set; }

    public string? Region { get; set; }

    /// <summary>The latest amount that any system said, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    /// <summary>How many facts speak of it; zero when only links name it.</summary>
    public int Facts { get; set; }

    /// <summary>By the events' own time.</summary>
    public DateTimeOffset? FirstAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>Latest receipt.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public int Systems { get; set; }

    /// <summary>Two systems hold different amounts or attribute values, or one has it and another refused it (<c>Disagreement</c>).</summary>
    public bool Disagrees { get; set; }

    /// <summary>Receipt of the latest fact when the disagreement was first folded; nothing when they agree.</summary>
    public DateTimeOffset? DisagreesSince { get; set; }

    /// <summary>JSON: state → [earliest time, earliest receipt, system], for milestones. See <c>StateFirsts</c>.</summary>
    public string Firsts { get; init; } = "{}";

    /// <summary>The same as <see cref="Firsts"/>, given by the fold that has them, so that they need not be read again.</summary>
    internal IReadOnlyDictionary<string, StateFirst> FirstsByState
    {
        init => (_firsts, Firsts) = (value, StateFirsts.Write(value));
    }

    /// <summary>When the object was first said to be in that state; nothing while no fact said so.</summary>
    public StateFirst? FirstOf(string state) => (_firsts ??= StateFirsts.Read(Firsts)).GetValueOrDefault(state);
}
