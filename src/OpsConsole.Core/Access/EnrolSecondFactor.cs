using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Makes a secret and shows it once. It is asked for only after a code has proven that the app has it.</summary>
public sealed record StartSecondFactor(Actor Actor) : IRequest<Outcome<SecondFactorSecret>>, IStepUp
{
    public bool Fully => true;
}

/// <summary>The app has the secret: here is one of its codes.</summary>
public sealed record EnrolSecondFactor(string Code, Actor Actor) : IRequest<Outcome<RecoveryCodes>>;

/// <summary>Takes one's own away.</summary>
public sealed record RemoveSecondFactor(Actor Actor) : IRequest<Outcome<FactorRemoved>>, IStepUp
{
    public bool Fully => true;
}

/// <summary>Takes somebody's away who lost it, passkeys too, and ends their sessions: they sign in by their password and enrol anew.</summary>
public sealed record ResetSecondFactor(Guid PersonId, Actor Actor) : IRequest<Outcome<FactorRemoved>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

/// <param name="Email">Whose.</param>
public sealed record FactorRemoved(string Email);

/// <param name="Secret">In base 32, for typing.</param>
/// <param name="Uri">For the picture.</param>
public sealed record SecondFactorSecret(string Secret, string Uri);

/// <param name="Codes">Shown now and never again.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

internal sealed class SecondFactorHandler(OpsDb db, People people, Factors factors, SignInThrottle throttle, TimeProvider clock)
    : IRequestHandler<StartSecondFactor, Outcome<SecondFactorSecret>>, IRequestHandler<EnrolSecondFactor, Outcome<RecoveryCodes>>,
        IRequestHandler<RemoveSecondFactor, Outcome<FactorRemoved>>, IRequestHandler<ResetSecondFactor, Outcome<FactorRemoved>>
{
    public async Task<Outcome<SecondFactorSecret>> Handle(StartSecondFactor request, CancellationToken cancellationToken)
    {
        if (await Mine(request.Actor, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        var factor = await factors.Find(person.Id, cancellationToken);
        if (factor is { Holds: true })
        {
            return Refusal.Conflict("second-factor.exists", "You have an authenticator app already. Remove it first.");
        }

        var secret = factors.Renew(person.Id, factor);
        return await db.CommitWith(new SecondFactorSecret(secret, Totp.Uri(secret, person.Email ?? "")), cancellationToken);
    }

    public async Task<Outcome<RecoveryCodes>> Handle(EnrolSecondFactor request, CancellationToken cancellationToken)
    {
        if (await Mine(request.Actor, cancellationToken) is not { } person || await factors.Find(person.Id, cancellationToken) is not { Holds: false } factor)
        {
            return Refusal.NotFound("The secret that was shown");
        }

        var from = new Whereabouts("", null) { Known = request.Actor.Session?.ToString() };
        if (await throttle.Take(person.Email ?? "", from, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        if (!factors.IsCode(factor, request.Code))
        {
            return Refusal.Invalid("code", "is not right; look that the phone's clock is");
        }

        var codes = factor.Confirm(clock.GetUtcNow());
        people.Note(request.Actor, "second-factor.enrol", person, "authenticator app");
        await throttle.GiveBack(person.Email ?? "", from, cancellationToken);
        return await db.CommitWith(new RecoveryCodes(codes), cancellationToken);
    }

    public async Task<Outcome<FactorRemoved>> Handle(RemoveSecondFactor request, CancellationToken cancellationToken)
    {
        if (await Mine(request.Actor, cancellationToken) is not { } person || await factors.Find(person.Id, cancellationToken) is not { } factor)
        {
            return Refusal.NotFound("The authenticator app");
        }

        db.SecondFactors.Remove(factor);
        people.Note(request.Actor, "second-factor.remove", person, "authenticator app");
        return await db.CommitWith(new FactorRemoved(person.Email ?? ""), cancellationToken);
    }

    public async Task<Outcome<FactorRemoved>> Handle(ResetSecondFactor request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.PersonId, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        db.SecondFactors.RemoveRange(await db.SecondFactors.Where(f => f.PersonId == person.Id).ToListAsync(cancellationToken));
        db.Passkeys.RemoveRange(await db.Passkeys.Where(p => p.UserId == person.Id).ToListAsync(cancellationToken));
        await people.EndSessions(person, null, null, request.Actor, Session.Ends.Administrator, cancellationToken);
        people.Note(request.Actor, "second-factor.reset", person, "authenticator app and passkeys");
        return await db.CommitWith(new FactorRemoved(person.Email ?? ""), cancellationToken);
    }

    private async Task<Person?> Mine(Actor actor, CancellationToken cancellationToken) =>
        Guid.TryParse(actor.Id, out var id) ? await people.Find(id, cancellationToken) : null;
}
