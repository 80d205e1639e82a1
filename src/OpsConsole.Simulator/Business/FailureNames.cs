namespace OpsConsole.Simulator.Business;

/// <summary>How failure kinds are spelled on the wire: <c>tax-profile</c>, <c>erp-down</c>.</summary>
internal static class FailureNames
{
    private static readonly Dictionary<string, FailureKind> s_byName = Enum.GetValues<FailureKind>()
        .Where(kind => kind is not FailureKind.None).ToDictionary(Spell, StringComparer.Ordinal);

    public static IEnumerable<string> All => s_byName.Keys.Order(StringComparer.Ordinal);

    public static FailureKind? Read(string? name) => name is not null && s_byName.TryGetValue(name, out var kind) ? kind : null;

    public static string Spell(this FailureKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
