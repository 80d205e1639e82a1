using System.Globalization;
using OpsConsole.Routing;

namespace OpsConsole.Web.Routing;

/// <summary>A level of escalation as the form holds it.</summary>
public sealed class LevelDraft
{
    /// <summary>Nothing: a new one.</summary>
    public Guid? Id { get; init; }

    public string Name { get; set; } = "";

    public string? Queue { get; set; }

    public string? Unit { get; set; }

    public decimal? AmountAtLeast { get; set; }

    public int LeftPercent { get; set; }

    public string Recipient { get; set; } = EscalationLevel.Holder;

    public bool Urgent { get; set; }

    public bool Disabled { get; set; }

    public static LevelDraft Of(LevelRow? row) => row is null ? new LevelDraft() : new LevelDraft
    {
        Id = row.Id, Name = row.Level.Name, Queue = row.Level.Queue, Unit = row.Level.Unit, AmountAtLeast = Plain(row.Level.AmountAtLeast), LeftPercent = row.Level.LeftPercent,
        Recipient = row.Level.Recipient, Urgent = row.Level.Urgent, Disabled = row.Level.Disabled,
    };

    // The column keeps four decimals; nobody types them.
    private static decimal? Plain(decimal? amount) => amount / 1.0000000000000000000000000000m;

    public LevelBody ToBody() => new(Name.Trim(), Queue, Unit, AmountAtLeast, LeftPercent, Recipient, Urgent, Disabled);

    /// <summary>When a level is reached, in words.</summary>
    public static string When(int leftPercent) => leftPercent switch
    {
        0 => "when it falls due",
        > 0 => string.Create(CultureInfo.InvariantCulture, $"{leftPercent}% of its time left"),
        _ => string.Create(CultureInfo.InvariantCulture, $"overdue by {-leftPercent}% of its time"),
    };
}
