using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Access;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>What <c>js/passkeys.js</c> asks for: by HTTP, because the answers of WebAuthn belong to a cookie, which a circuit cannot set.</summary>
internal static class PasskeyEndpoints
{
    private static readonly Refusal s_unknown = new(RefusalKind.Forbidden, "passkey.unknown", "This passkey is not known here. Sign in by your password.");

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/account/passkeys").WithTags("Account").RequireAuthorization();
        mine.MapPost("/options", AskToMake).WithSummary("What an authenticator needs to make a passkey for the caller (WebAuthn)");
        mine.MapPost("/", Add).WithSummary("Adds the passkey that was made");
        mine.MapPost("/confirm", Confirm).WithSummary("Confirms by a passkey that it is the person of this session");

        // Tags and summaries are the API's; these two are the sign-in page's own.
        app.MapPost("/sign-in/passkey/options", AskToShow).ExcludeFromDescription();
        app.MapPost("/sign-in/passkey", Enter).ExcludeFromDescription();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> AskToMake(Actor actor, IMediator mediator, PasskeyDesk desk, HttpContext http)
    {
        var owner = await mediator.Send(new StartPasskey(actor), http.RequestAborted);
        return owner.Value is { } person ? Json(await desk.AskToMake(person, http)) : owner.Refusal!.ToProblem();
    }

    private static async Task<Results<Ok<PasskeyRow>, ProblemHttpResult>> Add(PasskeyBody body, Actor actor, IMediator mediator, PasskeyDesk desk, HttpContext http) =>
        Guid.TryParse(actor.Id, out var person) && await desk.Made(person, body.Credential ?? "", http) is { } passkey
            ? (await mediator.Send(new AddPasskey(passkey, body.Name ?? "", actor), http.RequestAborted)).ToHttp()
            : Refusal.Invalid("credential", "is not what was asked for; begin again").ToProblem();

    private static async Task<Results<Ok<SessionConfirmed>, ProblemHttpResult>> Confirm(PasskeyBody body, Actor actor, IMediator mediator, PasskeyDesk desk, HttpContext http)
    {
        if (await desk.Shown(body.Credential ?? "", http) is not (var person, { } passkey))
        {
            return s_unknown.ToProblem();
        }

        await mediator.Send(new NotePasskeyUsed(passkey), http.RequestAborted);
        return (await mediator.Send(new NoteConfirmed(person.Id, actor), http.RequestAborted)).ToHttp();
    }

    private static async Task<ContentHttpResult> AskToShow(PasskeyDesk desk, HttpContext http) => Json(await desk.AskToShow(http));

    private static async Task<Results<NoContent, ProblemHttpResult>> Enter(PasskeyBody body, IMediator mediator, PasskeyDesk passkeys, SignInDesk desk, HttpContext http)
    {
        if (SignInDesk.Insecure(http) is { } insecure)
        {
            return Refusal.Forbidden(insecure).ToProblem();
        }

        if (await passkeys.Shown(body.Credential ?? "", http) is not (var person, { } passkey))
        {
            return s_unknown.ToProblem();
        }

        await mediator.Send(new NotePasskeyUsed(passkey), http.RequestAborted);
        var entered = await desk.By(SignInMethod.Passkey, person.Id, person.Email ?? "", http);
        return entered.Accepted ? TypedResults.NoContent() : entered.Refusal!.ToProblem();
    }

    private static ContentHttpResult Json(string json) => TypedResults.Content(json, "application/json");

    /// <param name="Name">How the person calls a new one.</param>
    /// <param name="Credential">What the browser answered, as JSON.</param>
    internal sealed record PasskeyBody(string? Name, string? Credential);
}
