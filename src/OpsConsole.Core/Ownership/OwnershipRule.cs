namespace OpsConsole.Ownership;

/// <summary>Which system's value of an attribute counts: one cell of the matrix, in one of its versions. What it said before stays; nothing is changed but its end.</summary>
public sealed class OwnershipRule
{
    /// <summary>Stands for every entity, attribute or unit.</summary>
    public const string Any = "*";

    /// <summary><c>invoice</c>, or <c>*</c>.</summary>
    public required string Entity { get; init; }

    /// <summary><c>taxProfile</c>, or <c>*</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>A business unit, or <c>*</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>From 1, for each cell.</summary>
    public required int Version { get; init; }

    /// <summary>The system; nothing: from here on the cell says nothing and a wider one counts.</summary>
    public string? Owner { get; init; }

    /// <summary>Why.</summary>
    public string Note { get; init; } = "";

    public required DateTimeOffset SetAt { get; init; }

    public required string SetBy { get; init; }

    /// <summary>It counts now; exactly one version of each cell does.</summary>
    public bool InForce { get; set; } = true;

    /// <summary>When the next version took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How closely it is meant: a named attribute before a named unit before a named entity.</summary>
    internal int Closeness => (Attribute is Any ? 0 : 4) + (Unit is Any ? 0 : 2) + (Entity is Any ? 0 : 1);

    internal bool Concerns(string entity, string attribute, string unit) =>
        (Entity is Any || Entity == entity) && (Unit is Any || Unit == unit) && (Attribute is Any || string.Equals(Attribute, attribute, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Who owns an attribute, and by which cell.</summary>
public sealed record AttributeOwner(string System, string Entity, string Attribute, string Unit);

/// <summary>The matrix as it counts for one entity in one unit.</summary>
public sealed class OwnerBook
{
    public static readonly OwnerBook Empty = new("", "", []);

    private readonly string _entity;
    private readonly string _unit;
    private readonly IReadOnlyList<OwnershipRule> _rules;

    /// <param name="entity">The object's type.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="rules">Those in force.</param>
    public OwnerBook(string entity, string unit, IEnumerable<OwnershipRule> rules) =>
        (_entity, _unit, _rules) = (entity, unit, [.. rules.Where(rule => rule.Owner is not null).OrderByDescending(rule => rule.Closeness)]);

    /// <summary>The system that owns the attribute; nothing: the matrix does not say.</summary>
    public AttributeOwner? Of(string attribute) =>
        _rules.FirstOrDefault(rule => rule.Concerns(_entity, attribute, _unit)) is { Owner: { } system } rule ? new AttributeOwner(system, rule.Entity, rule.Attribute, rule.Unit) : null;
}
