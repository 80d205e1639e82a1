using OpsConsole.Access;

namespace OpsConsole.Notify;

/// <summary>
/// Something that somebody should hear of. Whoever has one to tell adds a row in its own transaction (<c>db.Notices.Add</c>); the notice worker
/// gathers rows of one cause into one <see cref="NoticeItem"/> with count and sum, and takes care of bell, mail and chat.
/// </summary>
public sealed class Notice
{
    public required Guid Id { get; init; }

    /// <summary>Who: one of <see cref="ToPerson"/>, <see cref="ToRole"/>, <see cref="ToChat"/>.</summary>
    public required string Recipient { get; init; }

    /// <summary>The unit that it concerns: people who may not see it are not told. Nothing: it concerns no unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The legal entity that it concerns, in a unit. Who is limited to some is told of no other, and of none without one.</summary>
    public string? LegalEntity { get; init; }

    /// <summary>A code of <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is one of: notices with the same recipient, kind and cause become one. An exception's fingerprint, or its id where it stands alone.</summary>
    public required string Cause { get; init; }

    /// <summary>What is counted: an exception's id.</summary>
    public Guid? Subject { get; init; }

    /// <summary>Whose amount it is: each object's worth is summed once, with its greatest.</summary>
    public Guid? ObjectKey { get; init; }

    /// <summary>The sentence while it is alone: <c>EX-20418 is due in 30m: No tax profile, refused by NetSuite</c>.</summary>
    public required string Text { get; init; }

    /// <summary>What follows the number once there are several: <c>exceptions due soon: No tax profile, region CA</c>.</summary>
    public required string Several { get; init; }

    /// <summary>Where to look while it is alone: a path of the console.</summary>
    public required string Link { get; init; }

    /// <summary>Where to look once there are several.</summary>
    public string? SeveralLink { get; init; }

    /// <summary>In the reporting currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>It cannot wait for a digest.</summary>
    public bool Urgent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken into an item. Nothing: it waits.</summary>
    public DateTimeOffset? GatheredAt { get; set; }

    public static string ToPerson(Guid person) => $"person:{person}";

    /// <summary>Everybody who has the role and may see the notice's unit.</summary>
    public static string ToRole(Role role) => $"role:{role}";

    /// <summary>A registered chat web-hook.</summary>
    public static string ToChat(string hook) => $"chat:{hook}";

    internal static bool TryPerson(string recipient, out Guid person)
    {
        person = default;
        return recipient.StartsWith("person:", StringComparison.Ordinal) && Guid.TryParse(recipient.AsSpan("person:".Length), out person);
    }

    internal static bool TryRole(string recipient, out Role role)
    {
        role = default;
        return recipient.StartsWith("role:", StringComparison.Ordinal) && Enum.TryParse(recipient["role:".Length..], out role);
    }

    internal static string? Hook(string recipient) => recipient.StartsWith("chat:", StringComparison.Ordinal) ? recipient["chat:".Length..] : null;

    /// <summary>The same for one of those whom it is meant for.</summary>
    internal Notice For(string recipient, DateTimeOffset gathered) => new()
    {
        Id = Ids.Key(["notice", Id.ToString(), recipient]), Recipient = recipient, Unit = Unit, LegalEntity = LegalEntity, Kind = Kind, Cause = Cause, Subject = Subject, ObjectKey = ObjectKey, Text = Text,
        Several = Several, Link = Link, SeveralLink = SeveralLink, Amount = Amount, Urgent = Urgent, At = At, GatheredAt = gathered,
    };
}

/// <summary>The kinds of notices, as people switch them on and off.</summary>
public static class NoticeKinds
{
    public const string Mention = "mention";
    public const string HandOver = "hand-over";
    public const string Watch = "watch";
    public const string ClaimEnded = "claim-ended";
    public const string Approval = "approval";
    public const string Decision = "decision";
    public const string Escalation = "escalation";
    public const string Silence = "silence";
    public const string Emergency = "emergency";

    /// <summary>In the order of the settings page, with their labels.</summary>
    public static readonly IReadOnlyList<(string Code, string Label)> All =
    [
        (Escalation, "An exception is escalated to me"), (HandOver, "An exception is handed to me"), (Mention, "Somebody mentions me"),
        (ClaimEnded, "What I held is no longer mine"), (Approval, "I am asked to approve"), (Decision, "What I prepared is decided on"), (Watch, "What I watch moves"), (Silence, "A feed falls silent"),
        (Emergency, "Emergency access is given"),
    ];
}
