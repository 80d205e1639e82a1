namespace OpsConsole.Notify;

/// <summary>All notices of one cause to one recipient since it was last read: one line under the bell, one entry of a letter. Computed anew from the rows, never counted up.</summary>
public sealed class NoticeItem
{
    /// <summary><see cref="Ids.Key"/> of (recipient, kind, cause).</summary>
    public required Guid Id { get; init; }

    public required string Recipient { get; init; }

    public string? Unit { get; set; }

    public string? LegalEntity { get; set; }

    public required string Kind { get; init; }

    public required string Cause { get; init; }

    public required string Text { get; set; }

    public required string Link { get; set; }

    /// <summary>How many things it tells of, each once.</summary>
    public int Count { get; set; }

    /// <summary>Their worth in the reporting currency, each object once.</summary>
    public decimal? Sum { get; set; }

    public bool Urgent { get; set; }

    public required DateTimeOffset FirstAt { get; set; }

    public required DateTimeOffset LatestAt { get; set; }

    /// <summary>Nothing while it is unread. What comes later begins it anew.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When a letter about it is due, UTC; nothing: none is.</summary>
    public DateTimeOffset? SendAt { get; set; }

    public static Guid IdOf(string recipient, string kind, string cause) => Ids.Key(["notice-item", recipient, kind, cause]);
}

/// <summary>One mail or chat message on its way. Its text is fixed when it is made, so that a second attempt says the same under the same message id.</summary>
public sealed class NoticeLetter
{
    /// <summary>Also its message id.</summary>
    public required Guid Id { get; init; }

    public required string Recipient { get; init; }

    /// <summary>A mail address, or the name of a registered chat web-hook.</summary>
    public required string Address { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>While a node is sending it. A node that dies leaves it to the next one afterwards.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Fault { get; set; }

    /// <summary>What goes with a mail.</summary>
    public List<LetterFile> Files { get; init; } = [];
}

/// <summary>A file that goes with a mail.</summary>
public sealed class LetterFile
{
    public required Guid LetterId { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>A chat channel's web-hook. Nothing is posted anywhere that is not registered here.</summary>
public sealed class ChatHook
{
    public required string Name { get; init; }

    public required string Label { get; set; }

    /// <summary>Protected: whoever knows the address can post there.</summary>
    public required string ProtectedUrl { get; set; }

    /// <summary>The address's host, which may be shown.</summary>
    public required string Host { get; set; }

    public bool Disabled { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }
}
