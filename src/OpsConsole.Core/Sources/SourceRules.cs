using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>What must be true of a source, whoever makes or changes it.</summary>
internal static class SourceRules
{
    public static Refusal? Fault(string name, KeyScopes scopes, IReadOnlyList<string> cloudEventSources, IReadOnlyList<string> units, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > Columns.Code || name.Any(char.IsControl))
        {
            return Refusal.Invalid("name", $"must be a name of at most {Columns.Code} characters");
        }

        if (scopes is KeyScopes.None)
        {
            return Refusal.Invalid("scopes", "must name at least one of traces, events, snapshots, api");
        }

        if (cloudEventSources.Any(string.IsNullOrWhiteSpace))
        {
            return Refusal.Invalid("cloudEventSources", "must not hold an empty one");
        }

        if (units.Any(unit => string.IsNullOrWhiteSpace(unit) || unit.Length > Columns.Identity))
        {
            return Refusal.Invalid("units", $"must be names of at most {Columns.Identity} characters");
        }

        return actor.Scope.Everything || (units.Count > 0 && !actor.Scope.ByEntity && units.All(actor.Scope.Covers))
            ? null
            : Refusal.Forbidden("A source may speak only for units within your own scope.");
    }

    /// <summary>Where it may come from and how often.</summary>
    public static Refusal? Fault(IReadOnlyList<string> addresses, int? requestsPerSecond) =>
        addresses.FirstOrDefault(address => Networks.Parse(address) is null) is { } wrong ? Refusal.Invalid("addresses", $"\"{wrong}\" must be an address or a network like 203.0.113.0/24")
        : requestsPerSecond is < 1 or > 100_000 ? Refusal.Invalid("requestsPerSecond", "must be 1 to 100,000, or nothing for no limit")
        : null;

    public static string Say(Source source) =>
        $"scopes {source.Scopes}; speaks for {(source.Units.Count == 0 ? "any unit" : string.Join(", ", source.Units))}; {source.Priority.ToString().ToLowerInvariant()} lane; from {(source.Addresses.Count == 0 ? "anywhere" : string.Join(", ", source.Addresses))}{(source.RequestsPerSecond is { } pace ? $"; at most {pace} requests/s" : "")}{(source.Disabled ? "; disabled" : "")}";
}
