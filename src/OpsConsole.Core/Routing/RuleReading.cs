using System.Globalization;
using OpsConsole.Calendars;
using OpsConsole.Cases.Types;

namespace OpsConsole.Routing;

/// <summary>How a rule is read against an exception, and how it is said. Pure: the same facts give the same answer.</summary>
internal static class RuleReading
{
    /// <summary>The first condition that does not hold, in words; nothing when all hold.</summary>
    public static string? WhyNot(RoutingRule rule, CaseFacts facts, string currency) =>
        Differs(rule.ExceptionType, facts.Type) ? $"the type is {ExceptionCatalog.Label(facts.Type)}, not {ExceptionCatalog.Label(rule.ExceptionType!)}"
        : Differs(rule.EntityType, facts.ObjectType) ? $"it is about a {facts.ObjectType}, not a {rule.EntityType}"
        : Differs(rule.Unit, facts.Unit) ? $"the unit is {facts.Unit}, not {rule.Unit}"
        : Differs(rule.LegalEntity, facts.LegalEntity) ? $"the legal entity is {facts.LegalEntity ?? "unknown"}, not {rule.LegalEntity}"
        : Differs(rule.Category, facts.Category) ? $"the category is {facts.Category ?? "unknown"}, not {rule.Category}"
        : rule.AmountAtLeast is { } least && !(facts.ReportingAmount >= least)
            ? $"{(facts.ReportingAmount is { } risk ? $"{currency} {Number(risk)}" : "no known amount")} is at risk, below {currency} {Number(least)}"
            : null;

    /// <summary>The rule as a sentence: "Invoices of EMEA, at least EUR 100,000 at risk, go to AR invoices, due in 4h".</summary>
    public static string Say(RoutingRule rule, string queue, string currency)
    {
        var conditions = new List<string>();
        Add(rule.ExceptionType is null ? null : $"type {ExceptionCatalog.Label(rule.ExceptionType)}");
        Add(rule.EntityType is null ? null : $"about {rule.EntityType}");
        Add(rule.Unit is null ? null : $"unit {rule.Unit}");
        Add(rule.LegalEntity is null ? null : $"legal entity {rule.LegalEntity}");
        Add(rule.Category is null ? null : $"category {rule.Category}");
        Add(rule.AmountAtLeast is { } least ? $"at least {currency} {Number(least)} at risk" : null);
        var which = conditions.Count == 0 ? "everything" : string.Join(", ", conditions);
        return string.Create(CultureInfo.InvariantCulture, $"{rule.Name}: {which} → {queue}, due in {Due(rule)}");

        void Add(string? condition)
        {
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    /// <summary>"8h", "8 business hours of the unit", "8 business hours by emea".</summary>
    public static string Due(RoutingRule rule) => string.Create(CultureInfo.InvariantCulture, $"{rule.DueHours:0.##}") + (rule.Calendar switch
    {
        null => "h",
        CalendarBook.OfUnit => " business hours of the unit",
        var name => $" business hours by {name}",
    });

    private static bool Differs(string? wanted, string? actual) => wanted is not null && wanted != actual;

    private static string Number(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);
}
