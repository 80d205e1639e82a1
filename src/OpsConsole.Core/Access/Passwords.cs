namespace OpsConsole.Access;

/// <summary>What a password must be: long, and not the address. Length is what helps; required signs only make people write "Password1!".</summary>
public static class Passwords
{
    public const int Shortest = 12;
    public const int Longest = 128;

    /// <summary>What is wrong with it, or nothing.</summary>
    public static Refusal? Fault(string? password, string email) => password switch
    {
        null or { Length: < Shortest } => Refusal.Invalid("password", $"must have at least {Shortest} characters; a few words in a row are easy to keep in mind"),
        { Length: > Longest } => Refusal.Invalid("password", $"must have at most {Longest} characters"),
        _ when password.Distinct().Count() < 5 => Refusal.Invalid("password", "must have at least five different characters"),
        _ when password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) => Refusal.Invalid("password", "must not contain the name of the address"),
        _ => null,
    };
}
