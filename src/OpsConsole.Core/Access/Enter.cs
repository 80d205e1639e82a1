using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>The first step of signing in. Not guarded: it is how one becomes somebody.</summary>
public sealed record EnterByPassword(string Email, string Password, Whereabouts From) : IRequest<Outcome<Entrance>>;

/// <summary>The second step, where there is a second factor.</summary>
/// <param name="PersonId">Who showed the password a moment ago; the host vouches for it.</param>
/// <param name="Code">Of the app, or a recovery code.</param>
/// <param name="From">Where they are.</param>
public sealed record EnterByCode(Guid PersonId, string Code, Whereabouts From) : IRequest<Outcome<Entrance>>;

/// <param name="PersonId">Who.</param>
/// <param name="Session">Nothing: a code of the second factor is wanted first.</param>
public sealed record Entrance(Guid PersonId, SessionBegun? Session);

internal sealed class EnterHandler(OpsDb db, People people, Factors factors, SignInThrottle throttle)
    : IRequestHandler<EnterByPassword, Outcome<Entrance>>, IRequestHandler<EnterByCode, Outcome<Entrance>>
{
    private static readonly Refusal s_wrong = new(RefusalKind.Forbidden, "sign-in.wrong", "Address or password is not right.");
    private static readonly Refusal s_wrongCode = new(RefusalKind.Forbidden, "sign-in.wrong-code", "The code is not right, or was used before. Wait for the next one.");

    public async Task<Outcome<Entrance>> Handle(EnterByPassword request, CancellationToken cancellationToken)
    {
        if (await throttle.Take(request.Email, request.From, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        var normal = request.Email.Trim().ToUpperInvariant();
        var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedUserName == normal, cancellationToken);
        if (!factors.IsPassword(person, request.Password))
        {
            return s_wrong;
        }

        await throttle.GiveBack(request.Email, request.From, cancellationToken);
        return await factors.Find(person!.Id, cancellationToken) is { Holds: true } && !person.Disabled
            ? new Entrance(person.Id, null)
            : await Begin(person, SignInMethod.Password, request.From, cancellationToken);
    }

    public async Task<Outcome<Entrance>> Handle(EnterByCode request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.PersonId, cancellationToken) is not { } person)
        {
            return s_wrong;
        }

        if (await throttle.Take(person.Email ?? "", request.From, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        if (!factors.IsCode(await factors.Find(person.Id, cancellationToken), request.Code))
        {
            return s_wrongCode;
        }

        var begun = await Begin(person, SignInMethod.Code, request.From, cancellationToken);
        if (begun.Accepted)
        {
            await throttle.GiveBack(person.Email ?? "", request.From, cancellationToken);
        }

        return begun.Refusal is { IsRaced: true } ? s_wrongCode : begun;
    }

    private async Task<Outcome<Entrance>> Begin(Person person, SignInMethod method, Whereabouts from, CancellationToken cancellationToken)
    {
        var begun = await people.Begin(person, method, from, cancellationToken);
        return begun.Value is { } session ? new Entrance(person.Id, session) : begun.Refusal!;
    }
}
