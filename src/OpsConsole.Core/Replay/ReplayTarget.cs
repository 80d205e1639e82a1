namespace OpsConsole.Replay;

/// <summary>What sort of place a target is; each has its way of sending in <c>Replay/Targets</c>.</summary>
public enum TargetKind : short
{
    /// <summary>An http or https address (wire contract §5).</summary>
    Http = 0,

    /// <summary>A broker: a message goes back to the exchange and routing key that it came from (wire contract §4).</summary>
    RabbitMq = 1,
}

/// <summary>A registered place that replays go to. Nothing is ever sent anywhere else.</summary>
public sealed class ReplayTarget
{
    /// <summary>So many sends in a row without an answer count as "down", unless the target says otherwise.</summary>
    public const int UsualBreakAfter = 3;

    /// <summary>Seconds until a target that is down is asked again, unless it says otherwise.</summary>
    public const int UsualBreakSeconds = 15;

    /// <summary>Sends to one target that may be under way at once on one node, unless it says otherwise.</summary>
    public const int UsualParallel = 8;

    public required string Name { get; init; }

    public TargetKind Kind { get; set; }

    /// <summary>Absolute http or https address that takes the payload; of a broker, what people read: <c>amqp:QUEUE</c>.</summary>
    public required string Url { get; set; }

    /// <summary>POST, PUT or PATCH.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>
    /// The probe: an address that shows the object as the target holds it, with <c>{type}</c>, <c>{id}</c>, <c>{key}</c> (the idempotency key) and
    /// <c>{payload:FIELD}</c>. Empty: the target cannot be asked, and proof comes by event only.
    /// </summary>
    public string? ReadBackUrl { get; set; }

    /// <summary>Standard Webhooks secret (<c>whsec_…</c>), kept encrypted; empty: unsigned.</summary>
    public string? ProtectedSecret { get; set; }

    /// <summary>Seconds from delivery within which proof must come.</summary>
    public int ProofSeconds { get; set; } = 900;

    /// <summary>Seconds that one send may take.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    public bool Disabled { get; set; }

    /// <summary>The most sends a second, over all nodes; nothing: as fast as it answers.</summary>
    public decimal? RatePerSecond { get; set; }

    /// <summary>Sends that may be under way at once on one node.</summary>
    public int Parallel { get; set; } = UsualParallel;

    /// <summary>So many sends in a row without an answer open the breaker: replays are parked.</summary>
    public int BreakAfter { get; set; } = UsualBreakAfter;

    /// <summary>Seconds from the opening of the breaker until the target is asked again.</summary>
    public int BreakSeconds { get; set; } = UsualBreakSeconds;

    /// <summary>The breaker is open: down until this moment at least as far as the last attempts tell; replays wait, parked.</summary>
    public DateTimeOffset? DownUntil { get; set; }

    /// <summary>Since when it is down.</summary>
    public DateTimeOffset? DownSince { get; set; }

    /// <summary>Sends in a row that got no answer.</summary>
    public int FailuresInRow { get; set; }

    /// <summary>Why the last of them got none.</summary>
    public string? LastFault { get; set; }

    /// <summary>When it answered last.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Nothing more is sent before this moment: what its rate has given away already, or how long it asked to be left alone.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Replays wait for it at this moment.</summary>
    public bool IsDown(DateTimeOffset now) => DownUntil > now;
}
