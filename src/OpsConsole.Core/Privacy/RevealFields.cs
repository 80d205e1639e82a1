using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>Has hidden fields of one thing shown to the caller for a quarter of an hour. Secret ones never are.</summary>
/// <param name="Of">Which thing.</param>
/// <param name="Classes">Personal, financial or both.</param>
/// <param name="Reason">Why, in at least 10 characters: the audit keeps it, and never the values.</param>
/// <param name="Actor">Who asks.</param>
public sealed record RevealFields(RevealOf Of, FieldClasses Classes, string Reason, Actor Actor) : IRequest<Outcome<SightView>>, IGuarded, IStepUp
{
    public const int ShortestReason = 10;
    public const int LongestReason = 400;

    public Right Needs => Right.RevealFields;
}

internal sealed class RevealFieldsHandler(OpsDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<RevealFields, Outcome<SightView>>
{
    public async Task<Outcome<SightView>> Handle(RevealFields request, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (reason.Length is < RevealFields.ShortestReason or > RevealFields.LongestReason)
        {
            return Refusal.Invalid("reason", $"must have {RevealFields.ShortestReason} to {RevealFields.LongestReason} characters");
        }

        if (request.Classes is not (FieldClasses.Personal or FieldClasses.Financial or (FieldClasses.Personal | FieldClasses.Financial)))
        {
            return Refusal.Invalid("classes", "must be personal, financial or both");
        }

        if (request.Actor.Kind is not ActorKind.Person)
        {
            return Refusal.Forbidden("Fields are revealed to people only.");
        }

        if (await db.Find(request.Of, request.Actor, cancellationToken) is not { } subject)
        {
            return Refusal.NotFound("What you want to see");
        }

        var now = clock.GetUtcNow();
        db.FieldReveals.Add(new FieldReveal
        {
            Id = Guid.CreateVersion7(now), PersonId = request.Actor.Id, Subject = subject.Subject, Classes = request.Classes, Reason = reason, At = now, Until = now + FieldReveal.Lasts,
        });
        db.Audit.Add(AuditEntry.Of(request.Actor, "fields.reveal", subject.Name, $"{request.Classes.Say()} fields for {FieldReveal.Lasts.TotalMinutes:N0} minutes: {reason}", now, subject.Unit));
        await db.SaveChangesAsync(cancellationToken);
        return await mediator.Send(new ShowSight(request.Of, request.Actor), cancellationToken);
    }
}
