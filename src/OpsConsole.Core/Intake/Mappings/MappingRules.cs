using System.Text.RegularExpressions;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>What a mapping must keep to, so that it can be read on every event.</summary>
internal static partial class MappingRules
{
    private static readonly string[] s_outcomes = ["succeeded", "pending", "failed"];

    /// <summary>What is wrong with it, naming the field; nothing when it can be set.</summary>
    public static Refusal? Fault(MappingDefinition mapping)
    {
        if (mapping.Name is null || !Name().IsMatch(mapping.Name))
        {
            return Refusal.Invalid("name", "must match [a-z][a-z0-9-]{0,63}");
        }

        if (mapping.Type is not { Length: > 0 and <= Columns.Identity } || mapping.Type.AsSpan(0, mapping.Type.Length - 1).Contains('*'))
        {
            return Refusal.Invalid("type", "must be an event type such as invoice.paid, or its beginning and a * at the end");
        }

        if (mapping.Type is CloudEvents.EventMaker.SyncType || mapping.Type is "*")
        {
            return Refusal.Invalid("type", $"must not take {CloudEvents.EventMaker.SyncType} or everything");
        }

        return mapping.EntityType is null ? Refusal.Invalid("entityType", "is required: such as invoice")
            : mapping.EntityId is null ? Refusal.Invalid("entityId", "is required: such as $.data.object.id")
            : mapping.Source is { Length: 0 } ? Refusal.Invalid("source", "must be a CloudEvents source, or absent")
            : Picks(mapping).Select(pick => Fault(pick.Field, pick.Pick)).FirstOrDefault(fault => fault is not null) ?? Meanings(mapping);
    }

    private static IEnumerable<(string Field, Pick Pick)> Picks(MappingDefinition mapping)
    {
        (string Field, Pick? Pick)[] fields =
        [
            ("entityType", mapping.EntityType), ("entityId", mapping.EntityId), ("system", mapping.System), ("operation", mapping.Operation), ("outcome", mapping.Outcome),
            ("state", mapping.State), ("version", mapping.Version), ("amount", mapping.Amount), ("currency", mapping.Currency), ("businessUnit", mapping.BusinessUnit),
            ("legalEntity", mapping.LegalEntity), ("region", mapping.Region), ("errorCode", mapping.ErrorCode), ("errorCategory", mapping.ErrorCategory),
            ("errorMessage", mapping.ErrorMessage), ("errorAttribute", mapping.ErrorAttribute), ("time", mapping.Time), ("id", mapping.Id),
            .. (mapping.Links ?? []).SelectMany((link, i) => new (string, Pick?)[] { ($"links[{i}].type", link.Type), ($"links[{i}].id", link.Id), ($"links[{i}].role", link.Role) }),
        ];
        return from field in fields where field.Pick is not null select (field.Field, field.Pick!);
    }

    private static Refusal? Fault(string field, Pick pick) =>
        string.IsNullOrWhiteSpace(pick.From) ? Refusal.Invalid(field, "must not be empty")
        : pick.From.StartsWith('$') && !Place.TryParse(pick.From, out _) ? Refusal.Invalid(field, $"{pick.From} is no place: such as $.data.lines[0].id")
        : pick.From.StartsWith('@') && !Picker.Attributes.Contains(pick.From) ? Refusal.Invalid(field, $"{pick.From} must be one of {string.Join(", ", Picker.Attributes)}")
        : pick.Map is { Count: 0 } ? Refusal.Invalid($"{field}.map", "must not be empty")
        : null;

    /// <summary>Constants and maps that can only ever be wrong.</summary>
    private static Refusal? Meanings(MappingDefinition mapping)
    {
        if (mapping.Outcome is { } outcome && Said(outcome).FirstOrDefault(said => !s_outcomes.Contains(said)) is { } unknown)
        {
            return Refusal.Invalid("outcome", $"{unknown} must be one of {string.Join(", ", s_outcomes)}");
        }

        if (Said(mapping.EntityType).FirstOrDefault(said => !EntityTypes.IsValid(said)) is { } type)
        {
            return Refusal.Invalid("entityType", $"{type} must be a small letter, then up to 63 of a-z, 0-9 and -");
        }

        return (mapping.Links ?? []).Any(link => link.Type is null || link.Id is null) ? Refusal.Invalid("links", "need a type and an id each")
            : mapping.Amount is not null && mapping.Currency is null ? Refusal.Invalid("currency", "is required beside amount")
            : null;
    }

    private static IEnumerable<string> Said(Pick pick) => pick.Map?.Values ?? (pick.From[0] is '$' or '@' ? [] : [pick.From]);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
