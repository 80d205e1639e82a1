using System.Globalization;
using OpsConsole.Approvals;

namespace OpsConsole.Web.Approvals;

/// <summary>A four-eyes rule as the form holds it: text, until it is asked for.</summary>
public sealed class FourEyesDraft
{
    public string Name { get; set; } = "";

    public string? EntityType { get; set; }

    public string? Unit { get; set; }

    public string? LegalEntity { get; set; }

    /// <summary>Names with commas.</summary>
    public string? Attributes { get; set; }

    public string? AmountAbove { get; set; }

    public string? TogetherAbove { get; set; }

    public Together Together { get; set; }

    public string WindowHours { get; set; } = "24";

    public bool Disabled { get; set; }

    /// <summary>Why the last <see cref="ToBody"/> gave nothing.</summary>
    public string? Fault { get; private set; }

    public static FourEyesDraft Of(FourEyesRuleRow rule) => new()
    {
        Name = rule.Name,
        EntityType = rule.EntityType,
        Unit = rule.Unit,
        LegalEntity = rule.LegalEntity,
        Attributes = rule.Attributes.Count == 0 ? null : string.Join(", ", rule.Attributes),
        AmountAbove = Text(rule.AmountAbove),
        TogetherAbove = Text(rule.TogetherAbove),
        Together = rule.Together,
        WindowHours = rule.Window.ToString("0.##", CultureInfo.InvariantCulture),
        Disabled = rule.Disabled,
    };

    /// <summary>The rule, or nothing: then <see cref="Fault"/> says what is missing. What a rule may say is judged by the request.</summary>
    public FourEyesBody? ToBody()
    {
        var (amount, sum, hours) = (Number(AmountAbove), Number(TogetherAbove), Number(WindowHours));
        Fault = Name.Trim().Length == 0 ? "Give the rule a name."
            : amount is null && !string.IsNullOrWhiteSpace(AmountAbove) ? "The amount is not a number."
            : sum is null && !string.IsNullOrWhiteSpace(TogetherAbove) ? "The sum is not a number."
            : hours is null ? "Within: a number of hours."
            : null;
        return Fault is not null ? null : new FourEyesBody(
            Name.Trim(), Given(EntityType), Given(Unit), Given(LegalEntity), Attributes?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), amount,
            Together is Together.Alone ? null : sum, Together, (double)hours!.Value, Disabled);
    }

    private static string? Text(decimal? amount) => amount?.ToString("0.####", CultureInfo.InvariantCulture);

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
