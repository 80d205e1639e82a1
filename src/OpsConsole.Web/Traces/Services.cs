namespace OpsConsole.Web.Traces;

/// <summary>Each service's colour: the same on every page and in every trace, because it comes from the name.</summary>
internal static class Services
{
    private const int Colors = 5;

    public static string Color(string service)
    {
        var sum = 17u;
        foreach (var letter in service)
        {
            sum = (sum * 31) + letter;
        }

        return $"var(--oc-c{(sum % Colors) + 1})";
    }

    /// <summary>Within one trace: distinct colours in order of appearance, grey from the sixth on.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> services) =>
        services.Distinct(StringComparer.Ordinal).Select((service, i) => (service, i))
            .ToDictionary(one => one.service, one => $"var(--oc-c{Math.Min(one.i + 1, Colors + 1)})", StringComparer.Ordinal);
}
