using System.Globalization;

namespace OpsConsole.Basics;

/// <summary>
/// How much somebody decides within their rights and scope: up to which amount alone, and which attributes a repair of theirs may change
/// (delegation of authority). It binds people only; what a program sends is bound by the rules for a second person.
/// </summary>
/// <param name="UpTo">In the reporting currency; nothing: any amount. It is the most that one exception, or all of one bulk together, may be worth. No known rate counts as above.</param>
/// <param name="Attributes">By their names in the ownership matrix or in the payload (<c>taxProfile</c>, <c>bankAccount</c>); none: all that contracts let.</param>
public sealed record Mandate(decimal? UpTo, IReadOnlyList<string> Attributes)
{
    public static readonly Mandate Whole = new(null, []);

    /// <summary>In digits before the point: what <c>decimal(19,4)</c> holds.</summary>
    public const decimal Most = 999_999_999_999_999m;

    private const int MostAttributes = 50;
    private const int LongestAttribute = 64;

    /// <summary>True when it binds to anything at all.</summary>
    public bool Binds => UpTo is not null || Attributes.Count > 0;

    /// <summary>May decide about something worth this, where something without an amount is worth nothing.</summary>
    /// <param name="amount">In its own currency.</param>
    /// <param name="reporting">In the reporting currency; nothing where no rate is known.</param>
    public bool Covers(decimal? amount, decimal? reporting) => UpTo is not { } limit || amount is null || reporting <= limit;

    /// <summary>A repair may change what stands under any of these names, which all mean the same attribute.</summary>
    public bool MayChange(params IEnumerable<string> names) =>
        Attributes.Count == 0 || names.Any(name => Attributes.Any(allowed => Plain(allowed).Equals(Plain(name), StringComparison.OrdinalIgnoreCase)));

    /// <summary>The same in the one order in which it is kept.</summary>
    internal Mandate Normal() => new(UpTo, [.. Attributes.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);

    /// <summary>What is wrong with it; nothing when it can be given.</summary>
    internal Refusal? Fault() =>
        UpTo is < 0 or > Most ? Refusal.Invalid("upTo", $"must be 0 to {Most:N0} in the reporting currency, or nothing")
        : Attributes.Count > MostAttributes || Attributes.Any(name => name.Length > LongestAttribute || name.Contains(',', StringComparison.Ordinal)) ? Refusal.Invalid("attributes", $"must be at most {MostAttributes} names of at most {LongestAttribute} characters, without commas")
        : null;

    /// <summary>In words, for the audit; empty when it binds to nothing.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        UpTo is { } limit ? $"deciding up to {limit.ToString("N0", CultureInfo.InvariantCulture)}" : null,
        Attributes.Count > 0 ? $"changing only {string.Join(" and ", Attributes)}" : null,
    }.OfType<string>());

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
