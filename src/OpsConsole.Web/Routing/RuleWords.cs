using OpsConsole.Calendars;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Routing;

/// <summary>How parts of a rule read where they stand in columns.</summary>
internal static class RuleWords
{
    /// <summary>The conditions of a rule's sentence: name and queue stand in columns of their own.</summary>
    public static string Conditions(string name, string says)
    {
        var said = says.StartsWith(name + ": ", StringComparison.Ordinal) ? says[(name.Length + 2)..] : says;
        var end = said.IndexOf(" → ", StringComparison.Ordinal);
        return end < 0 ? said : said[..end];
    }

    public static string Hours(double hours) => hours >= 24 && hours % 24 == 0 ? $"{hours / 24:0}d" : Say.Age(TimeSpan.FromHours(hours));

    public static string Whose(string? calendar) => calendar switch
    {
        null => "all hours",
        CalendarBook.OfUnit => "unit's business hours",
        var name => $"business hours, {name}",
    };

    /// <summary>Hours on a business clock, which has no days: <c>18h 30m</c>.</summary>
    public static string Clock(double hours)
    {
        var span = TimeSpan.FromHours(Math.Abs(hours));
        return span.TotalHours < 1 ? $"{span.Minutes}m" : span.Minutes == 0 ? $"{(int)span.TotalHours}h" : $"{(int)span.TotalHours}h {span.Minutes:00}m";
    }

    public static RuleRow ToRow(BookRule rule, int ordinal, string says) => new(
        rule.Id, ordinal, rule.Rule.Name, rule.Rule.ExceptionType, rule.Rule.EntityType, rule.Rule.Unit, rule.Rule.LegalEntity, rule.Rule.Category, rule.Rule.AmountAtLeast,
        rule.Rule.Queue, rule.Rule.DueHours, rule.Rule.Calendar, rule.Rule.Disabled, default, "", says, 0);
}
