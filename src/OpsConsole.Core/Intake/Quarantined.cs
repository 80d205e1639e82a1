namespace OpsConsole.Intake;

public enum QuarantineState : short
{
    Open = 0,

    /// <summary>Mended, or taken in again as it was.</summary>
    TakenIn = 1,

    /// <summary>A correct fact with the same identity arrived.</summary>
    Superseded = 2,

    Discarded = 3,
}

/// <summary>A fact that could not be read, kept with its bytes and the reason, to be mended and taken in. The same bytes from one sender stay one row.</summary>
public sealed class Quarantined
{
    /// <summary>Over sender and bytes, so that the same again is the same row.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>events</c>, <c>spans</c> or <c>logs</c>.</summary>
    public required string Kind { get; init; }

    public required Guid SenderId { get; init; }

    /// <summary>A stable word: <c>amount-unreadable</c>, <c>unknown-type</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Names the field and what would be right.</summary>
    public required string Message { get; init; }

    /// <summary>The field at fault, without places in lists: <c>links.type</c>. With reason and type it tells one kind of fault from another.</summary>
    public string Field { get; init; } = "";

    /// <summary>The CloudEvents type, as far as it could be read; empty else.</summary>
    public string EventType { get; init; } = "";

    /// <summary>CloudEvents identity, as far as it could be read.</summary>
    public string? EventSource { get; init; }

    public string? EventId { get; init; }

    /// <summary><see cref="Ids.OfEvent"/> when both parts could be read: a correct resend supersedes the row.</summary>
    public byte[]? EventKey { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Bytes { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How often these bytes came.</summary>
    public int Seen { get; set; } = 1;

    public QuarantineState State { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public string? SettledBy { get; set; }
}

/// <summary>An event whose identity was stored before with other content. The first stored wins; this one is kept aside and shown.</summary>
public sealed class Conflict
{
    public required Guid Id { get; init; }

    public required byte[] EventKey { get; init; }

    public required Guid SenderId { get; init; }

    public required string EventSource { get; init; }

    public required string EventId { get; init; }

    public required byte[] Bytes { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public int Seen { get; set; } = 1;
}
