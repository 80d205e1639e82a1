using System.Globalization;
using OpsConsole.Cases;

namespace OpsConsole.Web.Replay;

/// <summary>Addresses of the page where many are repaired together.</summary>
public static class RepairTogether
{
    public static string Of(IEnumerable<CaseRow> rows) =>
        $"/repair-many?of={string.Join(',', rows.OrderBy(row => row.Number).Select(row => row.Number.ToString(CultureInfo.InvariantCulture)))}";

    public static string OfCause(string fingerprint) => $"/repair-many?cause={Uri.EscapeDataString(fingerprint)}";
}
