using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>By what the one who asks can show who they are.</summary>
public sealed record MyFactors(Actor Actor) : IRequest<Outcome<FactorState>>;

/// <param name="Password">They have one.</param>
/// <param name="AppSince">Since when an authenticator app is asked for; nothing: there is none.</param>
/// <param name="CodesLeft">Recovery codes that were not used.</param>
/// <param name="Passkeys">By name.</param>
public sealed record FactorState(bool Password, DateTimeOffset? AppSince, int CodesLeft, IReadOnlyList<PasskeyRow> Passkeys);

/// <param name="Id">The credential's, in base64url.</param>
/// <param name="Name">As the person named it.</param>
/// <param name="CreatedAt">When it was enrolled.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);

internal sealed class MyFactorsHandler(OpsDb db, People people, Factors factors) : IRequestHandler<MyFactors, Outcome<FactorState>>
{
    public async Task<Outcome<FactorState>> Handle(MyFactors request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Actor.Id, out var id) || await people.Find(id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        var app = await factors.Find(id, cancellationToken) is { Holds: true } factor ? factor : null;
        var passkeys = await db.Passkeys.AsNoTracking().Where(p => p.UserId == id).ToListAsync(cancellationToken);
        return new FactorState(
            person.PasswordHash is not null, app?.ConfirmedAt, app?.Recovery.Count ?? 0,
            [.. passkeys.Select(Passkeys.Row).OrderBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.CreatedAt)]);
    }
}
