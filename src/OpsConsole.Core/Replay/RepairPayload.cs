using System.Text;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>
/// Keeps a repaired payload as a new version; the original stays. Where there is a contract, it must fit it and change only what may be changed.
/// While it waits for approval this takes the request back.
/// </summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version of the exception that the caller saw; nothing: whatever it is now.</param>
/// <param name="Body">The whole message as it shall be sent.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Actor">Who asks; it must be theirs.</param>
public sealed record RepairPayload(Guid CaseId, int? Version, string Body, string Note, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;

    /// <summary>A <see cref="RepairReasons"/> code; absent: other.</summary>
    public string? Reason { get; init; }

    /// <summary>It may change what the contract locks, which takes a right of its own. It must fit the contract all the same.</summary>
    public bool Raw { get; init; }

    /// <summary>Instead of <see cref="Body"/>: pointer → value as JSON (nothing: taken out), set in what would be sent now; every other byte stays.</summary>
    public IReadOnlyDictionary<string, string?>? Edits { get; init; }
}

internal sealed class RepairPayloadHandler(OpsDb db, ReplayDesk desk, RepairDesk repairs, FieldSeal seal) : IRequestHandler<RepairPayload, Outcome<CaseStep>>
{
    private const int LongestBytes = 1 << 20;

    public Task<Outcome<CaseStep>> Handle(RepairPayload request, CancellationToken cancellationToken) => desk.Insist(() => Once(request, cancellationToken));

    private async Task<Outcome<CaseStep>> Once(RepairPayload request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, CaseAction.Repair, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var known = await Payload.Read(db, @case, cancellationToken);
        var written = Written(request, known);
        if (written.Value is not { } typed)
        {
            return written.Refusal!;
        }

        // Dots are what a hidden field looks like to whoever edits around it.
        var basis = await repairs.Read(@case, known.IsJson, request.Actor, cancellationToken) with { Mandate = request.Actor.Mandate };
        var body = await repairs.Lift(basis.Veil, typed, @case, known, request.Actor, cancellationToken);
        if (Wrong(request, body, known) is { } refusal)
        {
            return refusal;
        }

        var verdict = known.IsJson ? basis.Judge(known.Current, body, request.Raw) : basis.JudgeText();
        if (verdict.Faults.Count > 0)
        {
            return Refusal.OfFields("repair.fields", verdict.Faults);
        }

        return await Keep(request, @case, new Repaired(await seal.Over(body, basis.Contract?.Schema, cancellationToken), basis.Contract, verdict.Changes), cancellationToken);
    }

    private async Task<Outcome<CaseStep>> Keep(RepairPayload request, ExceptionCase @case, Repaired repaired, CancellationToken cancellationToken)
    {
        // Versions of a message that failed before, and no longer counts, keep their numbers.
        var version = (await db.PayloadVersions.Where(p => p.CaseId == @case.Id).MaxAsync(p => (int?)p.Version, cancellationToken) ?? 0) + 1;
        var action = @case.State is CaseState.AwaitingApproval ? CaseAction.Edit : CaseAction.Repair;
        var said = $"version {version}{Fields(repaired.Changes)}{(request.Raw ? ", as JSON" : "")}{(request.Note.Length > 0 ? ": " : "")}{request.Note}";
        var move = @case.Move(action, request.Actor, action is CaseAction.Edit ? $"{said}; the request for approval is void" : said, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        @case.PayloadVersion = version;
        (@case.PreparedBy, @case.PreparedByName, @case.SubmittedHash) = (null, null, null);
        db.PayloadVersions.Add(new PayloadVersion
        {
            CaseId = @case.Id, Version = version, Body = repaired.Body, Hash = Payload.Hash(repaired.Body), Note = request.Note,
            AuthorId = request.Actor.Id, AuthorName = request.Actor.Name, At = desk.Now, Reason = RepairReasons.Find(request.Reason)?.Code ?? RepairReasons.Other,
            Contract = repaired.Contract?.Name, ContractVersion = repaired.Contract?.Version, Changed = string.Join('\n', repaired.Changes.Select(change => change.Pointer)), Raw = request.Raw,
        });
        if (await db.RepairDrafts.SingleOrDefaultAsync(d => d.CaseId == @case.Id && d.PersonId == request.Actor.Id, cancellationToken) is { } draft)
        {
            db.RepairDrafts.Remove(draft);
        }

        return await desk.Commit(@case, step, request.Actor, cancellationToken);
    }

    private static Outcome<string> Written(RepairPayload request, Payload known)
    {
        if (request.Edits is not { } edits)
        {
            return request.Body;
        }

        var content = new DraftContent(edits, null, "", "");
        if (content.Wrong() is { } refusal)
        {
            return refusal;
        }

        if (known is not { IsJson: true, Current: { } current })
        {
            return Refusal.Invalid("fields", "can be set in a JSON payload only; send the whole payload");
        }

        var without = edits.Where(edit => edit.Value is not null && JsonEdit.Set(current, edit.Key, edit.Value) is null).Select(edit => new FieldFault(edit.Key, "has no place in the payload")).ToList();
        return without.Count > 0 ? Refusal.OfFields("repair.fields", without) : content.On(current);
    }

    private static Refusal? Wrong(RepairPayload request, string body, Payload known)
    {
        if (request.Raw && !request.Actor.Can(Right.RepairRaw))
        {
            return Refusal.Forbidden($"This needs the right \"{Right.RepairRaw}\", which {request.Actor.Name} does not have.");
        }

        if (request.Reason is { Length: > 0 } reason && RepairReasons.Find(reason) is null)
        {
            return Refusal.Invalid("reason", $"must be one of {string.Join(", ", RepairReasons.All.Select(one => one.Code))}");
        }

        if (body.Length == 0 || Encoding.UTF8.GetByteCount(body) > LongestBytes)
        {
            return Refusal.Invalid("payload", "must have 1 byte to 1 MiB");
        }

        if (request.Note.Length > 400)
        {
            return Refusal.Invalid("note", "must have at most 400 characters");
        }

        if (body.Contains('\0', StringComparison.Ordinal))
        {
            return Refusal.Invalid("payload", "must not contain a NUL character");
        }

        if (known.IsJson && Payload.JsonFault(body) is { } fault)
        {
            return Refusal.Invalid("payload", fault);
        }

        return body == known.Current ? Refusal.Invalid("payload", "is the same as before") : null;
    }

    // The history names what was changed, as long as it is few.
    private static string Fields(IReadOnlyList<JsonChange> changes) => changes.Count switch
    {
        0 => "",
        <= 3 => $", {string.Join(", ", changes.Select(change => change.Pointer.TrimStart('/')))}",
        var count => $", {count} fields",
    };

    private sealed record Repaired(string Body, ContractInForce? Contract, IReadOnlyList<JsonChange> Changes);
}
