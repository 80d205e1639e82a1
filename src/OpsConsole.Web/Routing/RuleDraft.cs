using System.Globalization;
using System.Text.RegularExpressions;
using OpsConsole.Routing;

namespace OpsConsole.Web.Routing;

/// <summary>A rule as the form holds it: text, until it is asked for.</summary>
public sealed partial class RuleDraft
{
    public string Name { get; set; } = "";

    public string? ExceptionType { get; set; }

    public string? EntityType { get; set; }

    public string? Unit { get; set; }

    public string? LegalEntity { get; set; }

    public string? Category { get; set; }

    public string? AmountAtLeast { get; set; }

    public string Queue { get; set; } = "";

    /// <summary>The name of a queue that does not exist yet.</summary>
    public string? NewQueue { get; set; }

    public string DueHours { get; set; } = "24";

    /// <summary>In whose business hours; empty for plain ones.</summary>
    public string? Calendar { get; set; }

    public bool Disabled { get; set; }

    /// <summary>Why the last <see cref="ToBody"/> gave nothing.</summary>
    public string? Fault { get; private set; }

    public static RuleDraft Of(RuleRow rule) => new()
    {
        Name = rule.Name,
        ExceptionType = rule.ExceptionType,
        EntityType = rule.EntityType,
        Unit = rule.Unit,
        LegalEntity = rule.LegalEntity,
        Category = rule.Category,
        AmountAtLeast = rule.AmountAtLeast?.ToString("0.####", CultureInfo.InvariantCulture),
        Queue = rule.Queue,
        DueHours = rule.DueHours.ToString("0.####", CultureInfo.InvariantCulture),
        Calendar = rule.Calendar,
        Disabled = rule.Disabled,
    };

    /// <summary>The rule, or nothing: then <see cref="Fault"/> says what is missing. What a rule may say is judged by the request.</summary>
    public RuleBody? ToBody()
    {
        var amount = Number(AmountAtLeast);
        var hours = Number(DueHours);
        var queue = Queue is NewQueueChoice ? Code(NewQueue ?? "") : Queue;
        Fault = (Name.Trim(), queue, amount, hours) switch
        {
            ("", _, _, _) => "Give the rule a name.",
            (_, "", _, _) => "Choose a queue.",
            (_, _, null, _) when !string.IsNullOrWhiteSpace(AmountAtLeast) => "The amount is not a number.",
            (_, _, _, null or <= 0) => "Due within: a number of hours above zero.",
            _ => null,
        };
        return Fault is not null ? null : new RuleBody(
            Name.Trim(), Given(ExceptionType), Given(EntityType), Given(Unit), Given(LegalEntity), Given(Category), amount, queue, (double)hours!.Value, Disabled,
            Queue is NewQueueChoice ? NewQueue!.Trim() : null, Given(Calendar));
    }

    /// <summary>The choice "a new queue" in the list of queues.</summary>
    public const string NewQueueChoice = "+";

    private static string Code(string label) => NotCode().Replace(label.Trim().ToLowerInvariant(), "-").Trim('-');

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotCode();
}
