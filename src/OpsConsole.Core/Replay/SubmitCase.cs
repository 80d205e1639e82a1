using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Asks a second person to approve the replay. What is approved is the payload and the target as they are now, by their hash.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SubmitCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    /// <summary>Who is asked to decide, by id or e-mail address, and is told so. Anybody else who may still can.</summary>
    public string? AskedOf { get; init; }

    public Right Needs => Right.WorkCases;
}

internal sealed class SubmitCaseHandler(OpsDb db, ReplayDesk desk) : IRequestHandler<SubmitCase, Outcome<CaseStep>>
{
    public Task<Outcome<CaseStep>> Handle(SubmitCase request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(SubmitCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Submit, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var asked = request.AskedOf is { Length: > 0 } id ? await Assignees.Find(db, id, cancellationToken) : null;
        if (request.AskedOf is { Length: > 0 } && (asked is null || asked.Id == request.Actor.Id || !asked.Can(Right.Approve) || !asked.Scope.Covers(@case.Unit, @case.LegalEntity)))
        {
            return Refusal.Invalid("askedOf", $"must be somebody else who approves in {@case.Unit}");
        }

        var reason = asked is null ? request.Reason : $"of {asked.Name}{(request.Reason.Length > 0 ? ": " : "")}{request.Reason}";
        var move = @case.Move(CaseAction.Submit, request.Actor, reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var ready = await desk.Ready(@case, cancellationToken);
        if (ready.Value is not { } what)
        {
            return ready.Refusal!;
        }

        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (request.Actor.Id, request.Actor.Name, what.Hash);
        return await desk.Commit(@case, step, request.Actor, cancellationToken, (asked?.Id, NoticeKind.ApprovalAsked));
    }
}
