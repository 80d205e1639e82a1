using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Its holder gives an exception to a colleague, with what they must know. The note stands on the page until the colleague has done something with it.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="PersonId">Who works on it from now on: a person's id or e-mail address.</param>
/// <param name="Note">What they must know, 3 to 400 characters.</param>
/// <param name="Actor">Who asks; it must be theirs.</param>
public sealed record HandOverCase(Guid CaseId, int? Version, string PersonId, string Note, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class HandOverCaseHandler(OpsDb db, CaseDesk desk) : IRequestHandler<HandOverCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(HandOverCase request, CancellationToken cancellationToken)
    {
        var note = request.Note.Trim();
        if (note.Length is < 3 or > 400)
        {
            return Refusal.Invalid("note", "must say in 3 to 400 characters what they must know");
        }

        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (@case.Holder != request.Actor.Id)
        {
            return @case.Holder is null ? Refusal.Conflict("case.not-held", "Nobody holds it. Claim it, or assign it.") : @case.HeldRefusal();
        }

        var heir = await Assignees.Find(db, request.PersonId, cancellationToken);
        if (heir is null || heir.Id == request.Actor.Id || !heir.Can(Right.WorkCases) || !heir.Scope.Covers(@case.Unit, @case.LegalEntity))
        {
            return Refusal.Invalid("personId", $"must be somebody else who works on exceptions of {@case.Unit}");
        }

        return await desk.Take(
            new CaseStepAsked(request.CaseId, request.Version, CaseAction.Assign, request.Actor, $"handed over to {heir.Name}: {note}")
            {
                Heir = (heir.Id, heir.Name),
                Concerned = [(heir.Id, NoticeKind.Assigned)],
            },
            cancellationToken);
    }
}
