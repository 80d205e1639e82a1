namespace OpsConsole.Contracts;

/// <summary>
/// What a payload must be: for what goes to a target, or for events of a type. Its versions are numbered and never change; one of them is in
/// force, and another can be put in force at any time.
/// </summary>
public sealed class Contract
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>As people read it.</summary>
    public required string Label { get; set; }

    /// <summary>The name of a replay target; nothing: any.</summary>
    public string? Target { get; set; }

    /// <summary>The type of the events that carry it, as CloudEvents has it; nothing: any.</summary>
    public string? EventType { get; set; }

    /// <summary><c>invoice</c>; nothing: any.</summary>
    public string? ObjectType { get; set; }

    /// <summary><c>create</c>; nothing: any.</summary>
    public string? Operation { get; set; }

    /// <summary>The number of the version in force.</summary>
    public int InForce { get; set; }

    /// <summary>The number of the latest version.</summary>
    public int Latest { get; set; }

    /// <summary>Raised at every change, so that of two who set it at once one wins.</summary>
    public int Revision { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }

    /// <summary>How closely it is meant for such a message: how many of its conditions hold; nothing: one does not.</summary>
    public int? Fits(ContractSubject subject)
    {
        (string? Wanted, string? Is)[] conditions = [(Target, subject.Target), (EventType, subject.EventType), (ObjectType, subject.ObjectType), (Operation, subject.Operation)];
        return conditions.All(one => one.Wanted is null || one.Wanted == one.Is) ? conditions.Count(one => one.Wanted is not null) : null;
    }
}

/// <summary>What a contract is looked for by.</summary>
public sealed record ContractSubject(string? Target, string? EventType, string? ObjectType, string? Operation);

/// <summary>One version of a contract. Never changed once it is there.</summary>
public sealed class ContractVersion
{
    public required string Contract { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>JSON Schema, draft 2020-12, as it was published.</summary>
    public required string Schema { get; init; }

    public required string Note { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required string PublishedBy { get; init; }
}
