using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Flows;

/// <summary>A process that transactions run through (wire contract §6). One object leads each transaction; others are reached by exact paths of types and no further.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
/// <param name="Lead">The type of the object that leads a transaction.</param>
/// <param name="Paths">Exact chains of types from the lead: <c>order/item/package</c>. Links are taken in either direction.</param>
/// <param name="Milestones">The steps, in the order in which pages show them.</param>
/// <param name="Lags">Pairs of milestones whose distance is measured by the events' own time.</param>
public sealed record FlowDefinition(
    string Name, string Lead, IReadOnlyList<string> Paths, IReadOnlyList<Milestone> Milestones, IReadOnlyList<IReadOnlyList<string>> Lags)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>As people read it; the name when absent.</summary>
    public string? Label { get; init; }

    /// <summary>Every type that takes part, the lead first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Types => Paths.SelectMany(path => path.Split('/')).Prepend(Lead).Distinct(StringComparer.Ordinal);

    /// <summary>A deadline is reckoned by a calendar, so that it moves when the calendar does.</summary>
    [JsonIgnore]
    public bool ByCalendar => Milestones.Any(milestone => milestone is { Calendar: not null, DueHours: not null });

    /// <summary>The milestone from which a <see cref="TransactionMilestone.PriorAt"/> of this one is: the one that its deadline counts from, else the one shown before it.</summary>
    public string? Prior(string milestone)
    {
        var at = Milestones.Index().FirstOrDefault(one => one.Item.Name == milestone);
        return at.Item is null ? null : at.Item.After ?? (at.Index == 0 ? null : Milestones[at.Index - 1].Name);
    }

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <exception cref="JsonException">It is not a flow definition.</exception>
    public static FlowDefinition FromJson(string json) =>
        JsonSerializer.Deserialize<FlowDefinition>(json, s_json) ?? throw new JsonException("A flow definition is an object.");
}

/// <summary>A step of a flow: reached when any object of the type within the transaction is said to be in the state, by any system.</summary>
/// <param name="Name">Unique within the flow.</param>
/// <param name="Type">The object type that reaches it.</param>
/// <param name="State">The object's business state.</param>
/// <param name="After">The milestone from whose receipt the deadline counts; the lead's first receipt when absent.</param>
/// <param name="DueHours">Hours until it is overdue, plain ones unless a calendar is named; nothing: no deadline.</param>
/// <param name="Calendar">In whose business hours: a calendar's name, or <c>unit</c> for the one that the lead's unit keeps.</param>
public sealed record Milestone(string Name, string Type, string State, string? After = null, double? DueHours = null, string? Calendar = null)
{
    public string? Label { get; init; }
}

/// <summary>A flow definition as it is kept. Setting one raises <see cref="Version"/>; the projector folds again until <see cref="FoldedVersion"/> has caught up.</summary>
public sealed class Flow
{
    public required string Name { get; init; }

    public required string Definition { get; set; }

    public int Version { get; set; } = 1;

    public int FoldedVersion { get; set; }

    /// <summary>The <see cref="Calendars.CalendarBook.Stamp"/> by which its deadlines were reckoned last; only where a milestone names a calendar.</summary>
    public long FoldedCalendars { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }
}
