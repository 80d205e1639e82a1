namespace OpsConsole.Kpis;

/// <summary>What a number means, so that two people who read it mean the same.</summary>
/// <param name="Formula">How it is computed, in words that name its rows.</param>
/// <param name="Source">Which facts it rests on, and what they cannot tell.</param>
/// <param name="Owner">Who answers for it: a role of the company.</param>
/// <param name="History">Oldest first; the last is in force. A changed formula is a new line here.</param>
public sealed record KpiDefinition(string Formula, string Source, string Owner, params IReadOnlyList<KpiVersion> History)
{
    /// <summary>Its number among its versions, from 1.</summary>
    public int Version => History.Count;
}

/// <param name="Since">From this day on (UTC).</param>
/// <param name="Change">What became different.</param>
public sealed record KpiVersion(DateOnly Since, string Change)
{
    /// <param name="since">A day as 2026-11-21.</param>
    /// <param name="change">What became different.</param>
    public static KpiVersion Of(string since, string change) =>
        new(DateOnly.ParseExact(since, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), change);
}
