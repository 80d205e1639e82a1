namespace OpsConsole.Access;

/// <summary>Two roles that one person should not have together (segregation of duties).</summary>
/// <param name="One">The first.</param>
/// <param name="Other">The second.</param>
/// <param name="Why">What such a person could do alone.</param>
public sealed record RoleConflict(Role One, Role Other, string Why)
{
    /// <summary>The matrix. Four eyes on one exception hold whatever roles somebody has; this is about what a person could bring about around them.</summary>
    public static readonly IReadOnlyList<RoleConflict> All =
    [
        new(Role.Steward, Role.Approver, "prepares repairs and approves those of others: two such people can approve each other's"),
        new(Role.Steward, Role.Administrator, "works on exceptions and sets the rules that say which of them need approval"),
        new(Role.Approver, Role.Administrator, "approves, and says who else may"),
        new(Role.Support, Role.Approver, "writes payloads past what contracts lock, and approves"),
        new(Role.Executive, Role.Administrator, "signs closes off and sets how their numbers are made"),
    ];

    /// <summary>Those within a set of roles.</summary>
    public static IReadOnlyList<RoleConflict> In(IReadOnlyCollection<Role> roles) => [.. All.Where(conflict => roles.Contains(conflict.One) && roles.Contains(conflict.Other))];

    /// <summary>Those that roles bring to somebody who has others already.</summary>
    public static IReadOnlyList<RoleConflict> Added(IReadOnlyCollection<Role> before, IReadOnlyCollection<Role> added) => [.. In([.. before, .. added]).Except(In(before))];

    /// <summary>Why these roles are not given together without a word; nothing when they may be, because there is no conflict, it was there before, or a reason is given.</summary>
    internal static Refusal? Fault(IReadOnlyCollection<Role> before, IReadOnlyCollection<Role> wanted, string? inSpite)
    {
        IReadOnlyList<RoleConflict> added = [.. In(wanted).Except(In(before))];
        return added.Count == 0 || inSpite?.Trim().Length >= ShortestReason
            ? null
            : Refusal.Conflict(Code, $"{string.Join("; ", added.Select(conflict => conflict.ToString()))}. Give these roles to different people, or say in at least {ShortestReason} characters why not.");
    }

    /// <summary>The refusal's code.</summary>
    public const string Code = "access.conflict";

    /// <summary>Of a reason, in characters.</summary>
    public const int ShortestReason = 10;

    public override string ToString() => $"{One} and {Other} in one hand: {Why}";
}
