using Microsoft.AspNetCore.Http.HttpResults;

namespace OpsConsole.Web.Shell;

/// <summary>The only place where a refusal becomes a status code (RFC 9457 problem details).</summary>
internal static class OutcomeHttp
{
    public static Results<Ok<T>, ProblemHttpResult> ToHttp<T>(this Outcome<T> outcome) =>
        outcome.Match<Results<Ok<T>, ProblemHttpResult>>(value => TypedResults.Ok(value), refusal => refusal.ToProblem());

    public static ProblemHttpResult ToProblem(this Refusal refusal) =>
        TypedResults.Problem(
            refusal.Message, statusCode: Status(refusal.Kind), title: refusal.Code,
            extensions: refusal.Fields.Count == 0 ? null : new Dictionary<string, object?> { ["errors"] = refusal.Fields });

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };
}
