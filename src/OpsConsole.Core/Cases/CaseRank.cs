namespace OpsConsole.Cases;

/// <summary>
/// At risk × urgency. Urgency is 2 to the power of the days past the due time, so each day nearer to it counts double, and so does each day
/// past it: EUR 10,000 due in two days stands level with EUR 2,500 due now, and nothing small waits for ever.
/// </summary>
/// <remarks>
/// Two exceptions keep their order for as long as neither changes, whatever the clock says: both double together. That is why the order can be
/// a stored number, <c>log2(at risk) − days from 2020 to the due time</c> in millionths, with an index, and why a page by key never skips
/// or repeats a row. At risk is in the reporting currency, at least 1, so that what has no known amount has a place by its due time. What has
/// no due time yet stands after all that has.
/// </remarks>
public static class CaseRank
{
    /// <summary>The day from which <see cref="ExceptionCase.RankOrder"/> counts: midnight UTC.</summary>
    public static readonly DateTimeOffset Origin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Urgency now: 1 at the due time, 2 a day past it, one half a day before it.</summary>
    public static double Urgency(DateTimeOffset due, DateTimeOffset now) => Math.Pow(2, Math.Clamp((now - due).TotalDays, -1_000, 1_000));

    /// <summary>The number that the database keeps, for a test that both agree.</summary>
    public static long Order(decimal? reporting, DateTimeOffset? due) =>
        (long)Math.Round(1_000_000 * (Math.Log2((double)Math.Max(reporting ?? 0, 1)) - ((due ?? ExceptionCase.NeverDue) - Origin).TotalDays));
}
