namespace OpsConsole.Basics;

/// <summary>Why a request was answered with "no". Only <c>Shell/OutcomeHttp</c> turns it into a status code.</summary>
public enum RefusalKind
{
    /// <summary>It does not exist, or not within the caller's scope: the two are never told apart.</summary>
    NotFound,

    /// <summary>What was asked is malformed; the message names the field and what would be right.</summary>
    Invalid,

    /// <summary>Somebody else changed it since the caller looked.</summary>
    Stale,

    /// <summary>The caller may see it but not do this.</summary>
    Forbidden,

    /// <summary>It is not possible in the present state.</summary>
    Conflict,

    /// <summary>Something that is needed for it does not answer now; the same request may succeed later.</summary>
    Unavailable,
}

/// <summary>An expected "no". <paramref name="Message"/> is a sentence that the caller can act on.</summary>
/// <param name="Kind">The sort of refusal.</param>
/// <param name="Code">Stable, for programs: <c>case.stale</c>.</param>
/// <param name="Message">For people.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    private const int MostSaid = 5;

    /// <summary>Where the fields of a payload are at fault, each with what would be right; empty when it is not about fields.</summary>
    public IReadOnlyList<FieldFault> Fields { get; init; } = [];

    /// <summary>It was not what the caller saw that was old: somebody wrote while this was written. The same step may be taken again at once.</summary>
    internal bool IsRaced { get; init; }

    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, "not-found", $"{what} does not exist, or is outside your scope.");

    public static Refusal Stale(string what) => new(RefusalKind.Stale, "stale", $"{what} was changed by somebody else since you looked. Look again, then decide.");

    internal static Refusal Raced(string what) => Stale(what) with { IsRaced = true };

    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, "forbidden", message);

    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);

    public static Refusal Unavailable(string code, string message) => new(RefusalKind.Unavailable, code, message);

    /// <param name="field">The field as the caller wrote it.</param>
    /// <param name="wanted">What would be right: <c>must be an ISO 4217 code</c>.</param>
    public static Refusal Invalid(string field, string wanted) => new(RefusalKind.Invalid, "invalid", $"{field}: {wanted}");

    /// <summary>Several fields at fault: all are told, the first of them in the sentence.</summary>
    public static Refusal OfFields(string code, IReadOnlyList<FieldFault> faults) => new(
        RefusalKind.Invalid, code,
        string.Join("; ", faults.Take(MostSaid).Select(fault => $"{fault.Pointer}: {fault.Message}")) + (faults.Count > MostSaid ? $"; and {faults.Count - MostSaid} more" : ""))
    {
        Fields = faults,
    };
}

/// <param name="Pointer">The field's place (RFC 6901): <c>/lines/0/amount</c>.</param>
/// <param name="Message">What would be right: <c>must be at least 0</c>.</param>
public sealed record FieldFault(string Pointer, string Message);
