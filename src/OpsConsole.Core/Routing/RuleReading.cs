using System.Globalization;
using OpsConsole.Cases;
using OpsConsole.Cases.Types;

namespace OpsConsole.Routing;

/// <summary>How a rule is read against an exception, and how it is said. Pure: the same facts give the same answer.</summary>
internal static class RuleReading
{
    /// <summary>The first condition that does not hold, in words; nothing when all hold.</summary>
    public static string? WhyNot(RoutingRule rule, ExceptionCase @case, string currency) =>
        Differs(rule.ExceptionType, @case.ExceptionType) ? $"the type is {ExceptionCatalog.Label(@case.ExceptionType)}, not {ExceptionCatalog.Label(rule.ExceptionType!)}"
        : Differs(rule.EntityType, @case.ObjectType) ? $"it is about a {@case.ObjectType}, not a {rule.EntityType}"
        : Differs(rule.Unit, @case.Unit) ? $"the unit is {@case.Unit}, not {rule.Unit}"
        : Differs(rule.LegalEntity, @case.LegalEntity) ? $"the legal entity is {@case.LegalEntity ?? "unknown"}, not {rule.LegalEntity}"
        : Differs(rule.Category, @case.ErrorCategory) ? $"the category is {@case.ErrorCategory ?? "unknown"}, not {rule.Category}"
        : rule.AmountAtLeast is { } least && !(@case.ReportingAmount >= least)
            ? $"{(@case.ReportingAmount is { } risk ? $"{currency} {Number(risk)}" : "no known amount")} is at risk, below {currency} {Number(least)}"
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
        return string.Create(CultureInfo.InvariantCulture, $"{rule.Name}: {which} → {queue}, due in {rule.DueHours:0.##}h");

        void Add(string? condition)
        {
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    private static bool Differs(string? wanted, string? actual) => wanted is not null && wanted != actual;

    private static string Number(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);
}
