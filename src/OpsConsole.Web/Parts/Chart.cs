using System.Globalization;

namespace OpsConsole.Web.Parts;

/// <summary>What the charts compute alike.</summary>
internal static class Chart
{
    /// <summary>A coordinate as SVG wants it: a point for decimals, whatever the machine's language.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The points of a line over a box; <paramref name="top"/> is the value at its upper edge, zero at its lower.</summary>
    public static string Line(IReadOnlyList<double> values, double width, double height, double top, double pad = 0) =>
        string.Join(' ', values.Select((value, i) => $"{At(X(i, values.Count, width, pad))},{At(Y(value, height, top, pad))}"));

    /// <summary>A, B, C … and numbers after Z: the name of a mark.</summary>
    public static string Letter(int i) => i < 26 ? ((char)('A' + i)).ToString() : (i + 1).ToString(CultureInfo.InvariantCulture);

    public static double X(int i, int count, double width, double pad = 0) =>
        count < 2 ? width / 2 : pad + (i * (width - (2 * pad)) / (count - 1));

    public static double Y(double value, double height, double top, double pad = 0) =>
        height - pad - (top <= 0 ? 0 : Math.Clamp(value / top, 0, 1) * (height - (2 * pad)));

    /// <summary>A round number at or above <paramref name="largest"/> that three lines divide well: 3, 6, 15, 30, 60, 150 …</summary>
    public static double RoundTop(double largest)
    {
        if (largest <= 0)
        {
            return 3;
        }

        var step = Math.Pow(10, Math.Floor(Math.Log10(largest / 3)));
        var factor = new[] { 1, 2, 2.5, 5, 10 }.First(f => f * step * 3 >= largest * 0.999);
        return Math.Max(factor * step * 3, 3e-9);
    }
}
