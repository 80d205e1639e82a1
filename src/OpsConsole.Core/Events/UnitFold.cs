namespace OpsConsole.Events;

/// <summary>What the lead of one of an object's transactions says of itself.</summary>
public readonly record struct LeadUnits(string? Unit, string? LegalEntity, string? Region);

/// <summary>
/// An object's unit is its own latest value, else that of the leads of its transactions when they agree, else unassigned. Only leads' own
/// values count, never inherited ones (wire contract §3.1, businessUnit). A lead that says nothing neither agrees nor disagrees.
/// </summary>
public static class UnitFold
{
    /// <returns>True when the object's effective values changed.</returns>
    public static bool Inherit(BusinessObject child, IReadOnlyCollection<LeadUnits> leads)
    {
        ArgumentNullException.ThrowIfNull(child);
        var before = (child.Unit, child.LegalEntity, child.Region);
        child.Unit = child.OwnUnit ?? Agreed(leads, lead => lead.Unit) ?? Scope.Unassigned;
        child.LegalEntity = child.OwnLegalEntity ?? Agreed(leads, lead => lead.LegalEntity);
        child.Region = child.OwnRegion ?? Agreed(leads, lead => lead.Region);
        return before != (child.Unit, child.LegalEntity, child.Region);
    }

    private static string? Agreed(IEnumerable<LeadUnits> leads, Func<LeadUnits, string?> value)
    {
        string? agreed = null;
        foreach (var said in leads.Select(value).OfType<string>())
        {
            if (agreed is not null && agreed != said)
            {
                return null;
            }

            agreed = said;
        }

        return agreed;
    }
}
