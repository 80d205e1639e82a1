using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>The people around one exception: who watches, tags and tickets, what was said when it was handed over, and how it or its cause was fixed before.</summary>
public sealed record ShowTeam(Guid CaseId, Actor Actor) : IRequest<Outcome<TeamView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Watching">The caller watches it.</param>
/// <param name="Watchers">The names of all who do.</param>
/// <param name="HandedOver">While who holds it now has not done anything with it yet: who gave it to them and what they said.</param>
/// <param name="LastFix">Where it came back, or its cause did.</param>
public sealed record TeamView(
    bool Watching, IReadOnlyList<string> Watchers, IReadOnlyList<string> Tags, IReadOnlyList<TicketRow> Tickets, HandOver? HandedOver, LastFix? LastFix);

/// <param name="Note">Empty: they said nothing.</param>
public sealed record HandOver(string By, string To, string Note, DateTimeOffset At);

/// <param name="Case">Whose fix it was: EX-20418.</param>
/// <param name="Own">It is the exception's own; else another's of the same cause.</param>
/// <param name="What">In words: <c>version 2: tax profile from the province</c>.</param>
/// <param name="By">Who did it.</param>
/// <param name="Ending">How it ended then, as it was kept.</param>
public sealed record LastFix(string Case, bool Own, string What, string By, DateTimeOffset At, string? Ending);

internal sealed class ShowTeamHandler(OpsDb db, CaseDesk desk) : IRequestHandler<ShowTeam, Outcome<TeamView>>
{
    private static readonly CaseAction[] s_fixes = [CaseAction.Repair, CaseAction.Submit, CaseAction.Replay, CaseAction.Dismiss];

    public async Task<Outcome<TeamView>> Handle(ShowTeam request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var watches = await db.CaseWatches.AsNoTracking().Where(w => w.CaseId == @case.Id).OrderBy(w => w.PersonName).ToListAsync(cancellationToken);
        var tags = await db.CaseTags.AsNoTracking().Where(t => t.CaseId == @case.Id).OrderBy(t => t.Tag).Select(t => t.Tag).ToListAsync(cancellationToken);
        var tickets = await db.CaseTickets.AsNoTracking().Where(t => t.CaseId == @case.Id).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        var steps = await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == @case.Id).OrderBy(s => s.Version).ToListAsync(cancellationToken);
        return new TeamView(
            watches.Exists(w => w.PersonId == request.Actor.Id),
            watches.ConvertAll(w => w.PersonName),
            tags,
            tickets.ConvertAll(TicketRow.Of),
            HandedOver(@case, steps),
            Own(@case, steps) ?? await OfCause(@case, request.Actor.Scope, cancellationToken));
    }

    private static HandOver? HandedOver(ExceptionCase @case, List<CaseStep> steps)
    {
        var given = steps.FindLast(step => step.Action is CaseAction.Assign && step.ActorId != @case.Holder);
        var begun = given is null || @case.State is not CaseState.Claimed || steps.Exists(step => step.Version > given.Version && step.ActorId == @case.Holder);
        var note = given?.Reason.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? given.Reason[(at.Value + 2)..] : "";
        return begun ? null : new HandOver(given!.ActorName, @case.HolderName ?? "", note, given.At);
    }

    // What was last done before it opened again.
    private static LastFix? Own(ExceptionCase @case, List<CaseStep> steps)
    {
        var back = @case.CameBack ? steps.FindLast(step => step.Action is CaseAction.Reopen or CaseAction.Disproven) : null;
        var before = back is null ? [] : steps.FindAll(step => step.Version < back.Version);
        return Of(before, @case.Name, own: true, before.FindLast(step => step.To is CaseState.Resolved or CaseState.Dismissed && step.From != step.To)?.Reason ?? back?.Reason);
    }

    private async Task<LastFix?> OfCause(ExceptionCase @case, Scope scope, CancellationToken cancellationToken)
    {
        var ended = await db.Cases.AsNoTracking().Seen(scope)
            .Where(c => c.Fingerprint == @case.Fingerprint && c.Id != @case.Id && c.EndedAt != null && c.EndedAt < @case.OpenedAt)
            .OrderByDescending(c => c.EndedAt).Take(5).ToListAsync(cancellationToken);
        foreach (var other in ended)
        {
            var steps = await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == other.Id).OrderBy(s => s.Version).ToListAsync(cancellationToken);
            if (Of(steps, other.Name, own: false, other.Ending) is { } fix)
            {
                return fix;
            }
        }

        return null;
    }

    // Of a repair that was sent the repair says more than the sending.
    private static LastFix? Of(List<CaseStep> steps, string name, bool own, string? ending)
    {
        var done = steps.FindLast(step => step.Human && s_fixes.Contains(step.Action));
        var repair = done?.Action is CaseAction.Submit or CaseAction.Replay ? steps.FindLast(step => step.Human && step.Action is CaseAction.Repair) : null;
        return (repair ?? done) is { } fix
            ? new LastFix(name, own, fix.Reason.Length > 0 ? fix.Reason : fix.Action is CaseAction.Dismiss ? "dismissed" : "sent again unchanged", fix.ActorName, fix.At, ending)
            : null;
    }
}
