using OpsConsole.Sources;

namespace OpsConsole.Web.Sources;

/// <summary>A source as the form holds it.</summary>
public sealed class SourceDraft
{
    private static readonly char[] s_separators = [',', '\n'];

    /// <summary>Nothing for a new one.</summary>
    public Guid? Id { get; init; }

    public string Name { get; set; } = "";

    public bool Events { get; set; } = true;

    public bool Traces { get; set; } = true;

    public bool Snapshots { get; set; }

    public bool Api { get; set; }

    /// <summary>Parted by commas.</summary>
    public string Units { get; set; } = "";

    /// <summary>One a line.</summary>
    public string CloudEventSources { get; set; } = "";

    /// <summary>Parted by commas or lines.</summary>
    public string Addresses { get; set; } = "";

    public int? RequestsPerSecond { get; set; }

    public bool Disabled { get; set; }

    public Lane Priority { get; set; } = Lane.Normal;

    public static SourceDraft Of(SourceView source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new SourceDraft
        {
            Id = source.Id,
            Name = source.Name,
            Events = source.Scopes.Contains(KeyScopes.Events),
            Traces = source.Scopes.Contains(KeyScopes.Traces),
            Snapshots = source.Scopes.Contains(KeyScopes.Snapshots),
            Api = source.Scopes.Contains(KeyScopes.Api),
            Units = string.Join(", ", source.Units),
            CloudEventSources = string.Join('\n', source.CloudEventSources),
            Addresses = string.Join(", ", source.Addresses),
            RequestsPerSecond = source.RequestsPerSecond,
            Disabled = source.Disabled,
            Priority = source.Priority,
        };
    }

    public IRequest<Outcome<Guid>> ToRequest(Actor actor) => Id is { } id
        ? new ChangeSource(id, Scopes, Parts(CloudEventSources), Parts(Units), Disabled, Priority, actor) { Addresses = Parts(Addresses), RequestsPerSecond = RequestsPerSecond }
        : new CreateSource(Name.Trim(), Scopes, Parts(CloudEventSources), Parts(Units), Priority, actor) { Addresses = Parts(Addresses), RequestsPerSecond = RequestsPerSecond };

    private KeyScopes Scopes =>
        (Events ? KeyScopes.Events : 0) | (Traces ? KeyScopes.Traces : 0) | (Snapshots ? KeyScopes.Snapshots : 0) | (Api ? KeyScopes.Api : 0);

    private static string[] Parts(string text) => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
