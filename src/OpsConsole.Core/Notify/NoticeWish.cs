namespace OpsConsole.Notify;

public enum MailWish : short
{
    Off,
    Digest,
    AtOnce,
}

/// <summary>How a person wants to be told. Who has said nothing gets a daily digest, and nothing at night or at weekends.</summary>
public sealed class NoticeWish
{
    public required Guid PersonId { get; init; }

    public MailWish Mail { get; set; } = MailWish.Digest;

    /// <summary>Minutes since midnight at which the digest is due.</summary>
    public int DigestAt { get; set; } = 8 * 60;

    /// <summary>Minutes since midnight; equal ones mean no quiet hours. They may span midnight.</summary>
    public int QuietFrom { get; set; } = 19 * 60;

    public int QuietTo { get; set; } = 7 * 60;

    public bool QuietWeekends { get; set; } = true;

    /// <summary>What is urgent comes at once, in quiet hours too.</summary>
    public bool UrgentAlways { get; set; }

    /// <summary>IANA name; all times of day above are by its clocks.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>Kinds that are not wanted by mail, divided by commas. The bell has them all.</summary>
    public string Muted { get; set; } = "";

    public bool Wants(string kind) => Mail is not MailWish.Off && !Muted.Split(',').Contains(kind, StringComparer.Ordinal);
}
