namespace OpsConsole.Cases;

/// <summary>States, actions and kinds as programs read them: kebab case, the same in addresses, API and audit.</summary>
public static class CaseWords
{
    private static readonly Dictionary<string, CaseState> s_states = Enum.GetValues<CaseState>().ToDictionary(Code, StringComparer.Ordinal);

    public static string Code(CaseState state) => Kebab(state.ToString());

    public static string Code(CaseAction action) => Kebab(action.ToString());

    /// <summary>The state of that name, or nothing.</summary>
    public static CaseState? State(string code) => s_states.TryGetValue(code, out var state) ? state : null;

    public static IEnumerable<string> States => s_states.Keys;

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
