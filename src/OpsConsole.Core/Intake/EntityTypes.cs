namespace OpsConsole.Intake;

/// <summary>The one rule for the names of entity types: <c>[a-z][a-z0-9-]{0,63}</c>.</summary>
internal static class EntityTypes
{
    public static bool IsValid(string? type) =>
        type is { Length: >= 1 and <= 64 } && char.IsAsciiLetterLower(type[0]) && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
}
