namespace OpsConsole.Cases.Differences;

/// <summary>How strongly a mark sets the failed apart from the healthy, by how many of each bear it.</summary>
/// <param name="Failed">Failed ones with the mark.</param>
/// <param name="OfFailed">Failed ones in all.</param>
/// <param name="Healthy">Healthy ones with the mark.</param>
/// <param name="OfHealthy">Healthy ones in all.</param>
/// <remarks>
/// Strength is the G statistic of the two by two table (T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
/// Computational Linguistics 19(1), 1993): twice the mutual information between the mark and the failing, in nats, times the number of objects.
/// It weighs how different the shares are with how many objects say so, and unlike a plain ratio it is not carried away by rare marks. A mark counts
/// only when the two shares are apart beyond doubt: when the intervals of E. B. Wilson (1927) at 99.9 %, which hold for small numbers too,
/// do not touch.
/// </remarks>
internal readonly record struct Association(int Failed, int OfFailed, int Healthy, int OfHealthy)
{
    private const double Z = 3.2905;

    public double FailedShare => OfFailed == 0 ? 0 : (double)Failed / OfFailed;

    public double HealthyShare => OfHealthy == 0 ? 0 : (double)Healthy / OfHealthy;

    /// <summary>More of the failed bear it than of the healthy, beyond doubt.</summary>
    public bool IsSound => Wilson(Failed, OfFailed, -1) > Wilson(Healthy, OfHealthy, 1);

    public double Strength
    {
        get
        {
            double all = OfFailed + OfHealthy, with = Failed + Healthy, without = all - with;
            return 2 * (Cell(Failed, OfFailed * with / all) + Cell(OfFailed - Failed, OfFailed * without / all)
                + Cell(Healthy, OfHealthy * with / all) + Cell(OfHealthy - Healthy, OfHealthy * without / all));
        }
    }

    private static double Cell(double observed, double expected) => observed <= 0 || expected <= 0 ? 0 : observed * Math.Log(observed / expected);

    /// <summary>The lower (-1) or upper (1) end of Wilson's interval.</summary>
    private static double Wilson(int count, int all, int end)
    {
        if (all == 0)
        {
            return end < 0 ? 0 : 1;
        }

        double n = all, share = count / n, square = Z * Z;
        var middle = share + (square / (2 * n));
        var reach = Z * Math.Sqrt((share * (1 - share) / n) + (square / (4 * n * n)));
        return (middle + (end * reach)) / (1 + (square / n));
    }
}
