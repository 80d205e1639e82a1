namespace OpsConsole.Routing;

/// <summary>
/// One line of the rule book. Rules are read in order and the first whose conditions all hold chooses the queue and the due time. An empty
/// condition holds for everything.
/// </summary>
public sealed class RoutingRule
{
    public required Guid Id { get; init; }

    /// <summary>Lower is read first.</summary>
    public int Ordinal { get; set; }

    public required string Name { get; set; }

    /// <summary>Exception type code.</summary>
    public string? ExceptionType { get; set; }

    /// <summary>Object type.</summary>
    public string? EntityType { get; set; }

    public string? Unit { get; set; }

    public string? LegalEntity { get; set; }

    /// <summary>Error category of the wire contract.</summary>
    public string? Category { get; set; }

    /// <summary>At least this much at risk in the reporting currency.</summary>
    public decimal? AmountAtLeast { get; set; }

    /// <summary>The queue's code.</summary>
    public required string Queue { get; set; }

    /// <summary>Hours from receipt until it is due, in the hours of <see cref="Calendar"/>.</summary>
    public double DueHours { get; set; } = 24;

    /// <summary>In whose business hours: a calendar's name, <c>unit</c> for the one that the exception's unit keeps, or nothing for plain hours.</summary>
    public string? Calendar { get; set; }

    public bool Disabled { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";

    internal void Take(RuleBody body)
    {
        (Name, Queue, DueHours, Calendar, Disabled) = (body.Name.Trim(), body.Queue, body.DueHours, Given(body.Calendar), body.Disabled);
        (ExceptionType, EntityType, Category) = (Given(body.ExceptionType), Given(body.EntityType), Given(body.Category));
        (Unit, LegalEntity, AmountAtLeast) = (Given(body.Unit), Given(body.LegalEntity), body.AmountAtLeast);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Where exceptions of a kind wait for their stewards.</summary>
public sealed class WorkQueue
{
    /// <summary>What takes whatever no rule took, so that nothing is orphaned.</summary>
    public const string Fallback = "unrouted";

    public required string Code { get; init; }

    public required string Label { get; set; }

    public int Ordinal { get; set; }
}
