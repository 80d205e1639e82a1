namespace OpsConsole.Events;

/// <summary>
/// Whether systems disagree about an object: they hold different amounts or currencies, different values of an attribute that both keep, or
/// one has the object and another has refused it. Business states are not compared: each system has its own words for them.
/// </summary>
public static class Disagreement
{
    public static bool Between(IReadOnlyList<ObjectState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return states.Count > 1 && (Refused(states) || Amounts(states) || Attributes(states));
    }

    private static bool Refused(IReadOnlyList<ObjectState> states) =>
        states.Any(state => state.Outcome is SyncOutcome.Failed) && states.Any(state => state.Outcome is SyncOutcome.Succeeded);

    private static bool Amounts(IReadOnlyList<ObjectState> states) =>
        states.Where(state => state.Amount is not null).Select(state => (state.Amount, state.Currency)).Distinct().Count() > 1;

    private static bool Attributes(IReadOnlyList<ObjectState> states)
    {
        // Most keep the same under the same names: nothing to read then.
        var first = states.FirstOrDefault(static state => state.Attributes is not null)?.Attributes;
        if (states.All(state => state.Attributes is null || state.Attributes == first))
        {
            return false;
        }

        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in states.SelectMany(state => AttributeSet.Values(state.Attributes)))
        {
            if (!held.TryAdd(name, value) && held[name] != value)
            {
                return true;
            }
        }

        return false;
    }
}
