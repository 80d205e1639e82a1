using System.Globalization;

namespace OpsConsole.Approvals;

/// <summary>A rule as people read it.</summary>
internal static class FourEyesWords
{
    /// <summary><c>invoice in EMEA: above EUR 10,000, or what one preparer sends within 24 h above EUR 10,000</c>.</summary>
    public static string Say(FourEyesRule rule, string currency)
    {
        var where = new List<string>();
        Add(rule.EntityType);
        Add(rule.Unit is { } unit ? $"in {unit}" : null);
        Add(rule.LegalEntity is { } entity ? $"of {entity}" : null);
        Add(rule.Fields.Count > 0 ? $"when {string.Join(" or ", rule.Fields)} was changed" : null);
        var when = new List<string>();
        if (rule.AmountAbove is { } amount)
        {
            when.Add($"above {Amount(amount)}");
        }

        if (rule is { TogetherAbove: { } sum, Together: not Together.Alone })
        {
            when.Add($"when {Whose(rule.Together)} within {rule.Window.ToString("0.#", CultureInfo.InvariantCulture)} h makes more than {Amount(sum)}");
        }

        return $"{(where.Count == 0 ? "everything" : string.Join(" ", where))}{(when.Count == 0 ? ", always" : ": " + string.Join(", or ", when))}";

        void Add(string? condition)
        {
            if (condition is not null)
            {
                where.Add(condition);
            }
        }

        string Amount(decimal number) => string.Create(CultureInfo.InvariantCulture, $"{currency} {number:N0}");
    }

    private static string Whose(Together together) => together switch
    {
        Together.Preparer => "what one person sends alone",
        Together.Cause => "what is sent alone of one cause",
        _ => "what is sent alone for one customer",
    };
}
