using System.Text;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Keeps a repaired payload as a new version; the original stays. While it waits for approval this takes the request back.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version of the exception that the caller saw; nothing: whatever it is now.</param>
/// <param name="Body">The whole message as it shall be sent.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Actor">Who asks; it must be theirs.</param>
public sealed record RepairPayload(Guid CaseId, int? Version, string Body, string Note, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class RepairPayloadHandler(OpsDb db, ReplayDesk desk) : IRequestHandler<RepairPayload, Outcome<CaseStep>>
{
    private const int LongestBytes = 1 << 20;

    public async Task<Outcome<CaseStep>> Handle(RepairPayload request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var known = await Payload.Read(db, @case, cancellationToken);
        if (Wrong(request, known) is { } refusal)
        {
            return refusal;
        }

        var version = @case.PayloadVersion + 1;
        var action = @case.State is CaseState.AwaitingApproval ? CaseAction.Edit : CaseAction.Repair;
        var said = $"version {version}{(request.Note.Length > 0 ? ": " : "")}{request.Note}";
        var move = @case.Move(action, request.Actor, action is CaseAction.Edit ? $"{said}; the request for approval is void" : said, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        @case.PayloadVersion = version;
        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (null, null, null);
        db.PayloadVersions.Add(new PayloadVersion
        {
            CaseId = @case.Id, Version = version, Body = request.Body, Hash = Payload.Hash(request.Body), Note = request.Note,
            AuthorId = request.Actor.Id, AuthorName = request.Actor.Name, At = desk.Now,
        });
        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }

    private static Refusal? Wrong(RepairPayload request, Payload known)
    {
        if (request.Body.Length == 0 || Encoding.UTF8.GetByteCount(request.Body) > LongestBytes)
        {
            return Refusal.Invalid("payload", "must have 1 byte to 1 MiB");
        }

        if (request.Note.Length > 400)
        {
            return Refusal.Invalid("note", "must have at most 400 characters");
        }

        if (request.Body.Contains('\0', StringComparison.Ordinal))
        {
            return Refusal.Invalid("payload", "must not contain a NUL character");
        }

        if (known.IsJson && Payload.JsonFault(request.Body) is { } fault)
        {
            return Refusal.Invalid("payload", fault);
        }

        return request.Body == known.Current ? Refusal.Invalid("payload", "is the same as before") : null;
    }
}
