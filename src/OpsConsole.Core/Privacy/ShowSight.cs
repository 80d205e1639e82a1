using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>What the caller does not see of one thing, and what is revealed to them.</summary>
public sealed record ShowSight(RevealOf Of, Actor Actor) : IRequest<Outcome<SightView>>, IGuarded
{
    public Right Needs => Of.Kind is RevealKind.Exception ? Right.ReadCases : Right.ReadFacts;
}

/// <param name="Hidden">What contracts hide of it from the caller and could be revealed.</param>
/// <param name="Shown">What is revealed.</param>
/// <param name="Until">When the first of that is hidden again.</param>
public sealed record SightView(FieldClasses Hidden, FieldClasses Shown, DateTimeOffset? Until);

internal sealed class ShowSightHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<ShowSight, Outcome<SightView>>
{
    public async Task<Outcome<SightView>> Handle(ShowSight request, CancellationToken cancellationToken)
    {
        if (await db.Find(request.Of, request.Actor, cancellationToken) is not { } subject)
        {
            return Refusal.NotFound("It");
        }

        var tagged = FieldClasses.None;
        foreach (var contract in (await ContractShelf.All(db, cancellationToken)).Where(contract => subject.ObjectType is null || contract.ObjectType is null || contract.ObjectType == subject.ObjectType))
        {
            tagged |= (await shelf.Open(db, contract, cancellationToken))!.Schema.Classes;
        }

        var (me, now) = (request.Actor.Id, clock.GetUtcNow());
        var reveals = await db.FieldReveals.AsNoTracking().Where(r => r.PersonId == me && r.Subject == subject.Subject && r.Until > now).ToListAsync(cancellationToken);
        var shown = reveals.Aggregate(FieldClasses.None, (sum, one) => sum | one.Classes);
        return new SightView(tagged & request.Actor.Hidden() & ~FieldClasses.Secret & ~shown, shown, reveals.Count == 0 ? null : reveals.Min(one => one.Until));
    }
}
