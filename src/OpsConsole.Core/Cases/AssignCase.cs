using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Gives an exception to somebody, also when another holds it.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="PersonId">Who works on it from now on: a person's id or e-mail address.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record AssignCase(Guid CaseId, int? Version, string PersonId, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.AssignCases;
}

internal sealed class AssignCaseHandler(OpsDb db, CaseDesk desk) : IRequestHandler<AssignCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(AssignCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var heir = await Assignees.Find(db, request.PersonId, cancellationToken);
        if (heir is null || !heir.Can(Right.WorkCases) || !heir.Scope.Covers(@case.Unit, @case.LegalEntity))
        {
            return Refusal.Invalid("personId", $"must be somebody who works on exceptions of {@case.Unit}");
        }

        var reason = request.Reason.Length > 0 ? $"to {heir.Name}: {request.Reason}" : $"to {heir.Name}";
        return await desk.Take(
            new CaseStepAsked(request.CaseId, request.Version, CaseAction.Assign, request.Actor, reason)
            {
                Heir = (heir.Id, heir.Name),
                Concerned = [(heir.Id, NoticeKind.Assigned), (@case.Holder, NoticeKind.ClaimEnded)],
            },
            cancellationToken);
    }
}
