using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Routing;

/// <summary>The rule book as it stood from a moment on. Never changed: taking one back publishes an older content under a new number.</summary>
public sealed class BookVersion
{
    /// <summary>From 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>A list of <see cref="BookRule"/>, as JSON.</summary>
    public required string Rules { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ById { get; init; }

    public required string By { get; init; }

    /// <summary>Why, in its author's words.</summary>
    public required string Note { get; init; }

    /// <summary>The version whose content it brought back, where it did.</summary>
    public int? BroughtBack { get; init; }
}

/// <summary>A rule book that somebody works on and that decides nothing yet. Everybody has one at most.</summary>
public sealed class BookDraft
{
    /// <summary>Whose: <see cref="Basics.Actor.Id"/>.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The version that it began from.</summary>
    public required int BasedOn { get; set; }

    public required string Rules { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One rule within a book, its place being that in the list.</summary>
/// <param name="Id">Stays the same over versions, so that changes can be told.</param>
/// <param name="Rule">What it says.</param>
public sealed record BookRule(Guid Id, RuleBody Rule)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static string ToJson(IReadOnlyList<BookRule> rules) => JsonSerializer.Serialize(rules, s_json);

    internal static IReadOnlyList<BookRule> FromJson(string json) => JsonSerializer.Deserialize<List<BookRule>>(json, s_json) ?? [];

    internal static BookRule Of(RoutingRule rule) => new(rule.Id, new RuleBody(
        rule.Name, rule.ExceptionType, rule.EntityType, rule.Unit, rule.LegalEntity, rule.Category, rule.AmountAtLeast, rule.Queue, rule.DueHours, rule.Disabled, Calendar: rule.Calendar));

    /// <summary>As the engine reads it.</summary>
    internal static List<RoutingRule> ToRules(IReadOnlyList<BookRule> book) => [.. book.Select((one, i) => one.ToRule(i + 1))];

    private RoutingRule ToRule(int ordinal)
    {
        var rule = new RoutingRule { Id = Id, Ordinal = ordinal, Name = Rule.Name, Queue = Rule.Queue };
        rule.Take(Rule);
        return rule;
    }
}
