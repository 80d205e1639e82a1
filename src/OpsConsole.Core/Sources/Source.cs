namespace OpsConsole.Sources;

/// <summary>What a key may be used for (wire contract §1).</summary>
[Flags]
public enum KeyScopes
{
    None = 0,
    Traces = 1,
    Events = 2,
    Snapshots = 4,
    Api = 8,
    All = Traces | Events | Snapshots | Api,
}

/// <summary>A registered sender.</summary>
public sealed class Source
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public KeyScopes Scopes { get; set; }

    /// <summary>The CloudEvents <c>source</c> URIs that it may use; empty: any.</summary>
    public List<string> CloudEventSources { get; set; } = [];

    /// <summary>The business units that it may speak for; empty: any. One alone supplies an absent unit.</summary>
    public List<string> Units { get; set; } = [];

    /// <summary>Who goes first at the door when more comes than can be stored.</summary>
    public Lane Priority { get; set; } = Lane.Normal;

    /// <summary>The addresses and networks that its keys and web-hooks may come from (<c>203.0.113.0/24</c>); empty: any.</summary>
    public List<string> Addresses { get; set; } = [];

    /// <summary>How many requests a second one node takes of it; nothing: as many as there is room for.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>How its web-hooks are signed: the code of a <see cref="Hooks.HookScheme"/>.</summary>
    public string HookScheme { get; set; } = Hooks.HookSchemes.All[0].Code;

    /// <summary>The secret that its web-hooks are signed with, encrypted; nothing: it sends none.</summary>
    public string? HookSecret { get; set; }

    /// <summary>The secret before, encrypted; alive too until it is ended, so that the sender can change over.</summary>
    public string? HookSecretBefore { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Disabled { get; set; }
}

/// <summary>One key of a source. Only its hash is stored; two may be alive at once, for rotation.</summary>
public sealed class SourceKey
{
    public required Guid Id { get; init; }

    public required Guid SourceId { get; init; }

    /// <summary>SHA-256 of the key. A key has 256 random bits, so a slow hash would protect nothing.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Its last four characters, to tell keys apart.</summary>
    public required string Tail { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was last brought, to the minute (UTC); nothing: never.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>From where, then.</summary>
    public string? UsedFrom { get; set; }
}

/// <summary>What became of all that a source sent. Only ever added to, in the transaction that settles the facts, so that the conservation law can be read off.</summary>
public sealed class IntakeCount
{
    public required Guid SourceId { get; init; }

    /// <summary><c>events</c>, <c>spans</c> or <c>logs</c>.</summary>
    public required string Kind { get; init; }

    public long Stored { get; init; }

    public long Duplicates { get; init; }

    public long Conflicts { get; init; }

    public long Quarantined { get; init; }
}

/// <summary>What a source sent in one hour of receipt (UTC): its volume, for pages and for silence.</summary>
public sealed class SourceHour
{
    public required Guid SourceId { get; init; }

    public required DateTimeOffset Hour { get; init; }

    public long Events { get; init; }

    public long Spans { get; init; }

    public long Logs { get; init; }

    public long Refused { get; init; }

    /// <summary>How many of its events were new; nothing in hours from before this was counted.</summary>
    public long NewEvents { get; init; }

    /// <summary>How long after they happened the new ones came, in all, in milliseconds. What a fast clock dates ahead counts as nothing.</summary>
    public long DelayMs { get; init; }

    /// <summary>The latest receipt within the hour.</summary>
    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>What of a source was turned away at the door in one hour (UTC), by reason. None of it was received: the sender was told to come again, or that it may not.</summary>
public sealed class SourceRefusal
{
    public required Guid SourceId { get; init; }

    public required DateTimeOffset Hour { get; init; }

    /// <summary>A stable word: <see cref="DoorReason"/>.</summary>
    public required string Reason { get; init; }

    public long Count { get; init; }

    public required DateTimeOffset LastAt { get; init; }
}
