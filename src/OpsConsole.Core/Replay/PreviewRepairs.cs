using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Says of each of many exceptions what the same repair would do to it. Changes nothing.</summary>
/// <param name="Selection">Which.</param>
/// <param name="Change">What would be set; nothing: only what could be.</param>
/// <param name="Actor">Who asks, and whose it must be.</param>
public sealed record PreviewRepairs(RepairSelection Selection, RepairChange? Change, Actor Actor) : IRequest<Outcome<RepairPreview>>, IGuarded
{
    /// <summary>In one go.</summary>
    public const int Most = 2_000;

    public Right Needs => Right.WorkCases;
}

internal sealed class PreviewRepairsHandler(OpsDb db, RepairDesk desk, IOptions<ReportingOptions> reporting) : IRequestHandler<PreviewRepairs, Outcome<RepairPreview>>
{
    private const int Chunk = 500;

    public async Task<Outcome<RepairPreview>> Handle(PreviewRepairs request, CancellationToken cancellationToken)
    {
        if (request.Change?.Wrong() is { } refusal)
        {
            return refusal;
        }

        var (cases, seen) = await Selected(request, cancellationToken);
        var more = cases.Count > PreviewRepairs.Most;
        cases = [.. cases.Take(PreviewRepairs.Most)];
        var known = await desk.ReadMany(cases, request.Actor, cancellationToken);
        var changed = await Meanwhile.Changes(db, cases.Select(c => (c, seen.GetValueOrDefault(c.Id, c.Version))), Decision.Fate, cancellationToken);
        return new RepairPreview(
            [.. cases.Select(c => Judge(c, known[c.Id], request, changed.GetValueOrDefault(c.Id)))],
            request.Change is null ? SharedFields.Of(cases, known) : [], more, reporting.Value.Currency);
    }

    private async Task<(List<ExceptionCase> Cases, Dictionary<Guid, int> Seen)> Selected(PreviewRepairs request, CancellationToken cancellationToken)
    {
        var mine = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => c.Kind == SignalKind.Failure);
        var found = new List<ExceptionCase>();
        if (request.Selection.Cause is { } cause)
        {
            found = await mine.Unended().Where(c => c.Fingerprint == cause).OrderBy(c => c.Number).Take(PreviewRepairs.Most + 1).ToListAsync(cancellationToken);
        }

        var seen = (request.Selection.Cases ?? []).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Version);
        foreach (var ids in seen.Keys.Take(PreviewRepairs.Most + 1).Chunk(Chunk))
        {
            found.AddRange(await mine.Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken));
        }

        foreach (var numbers in (request.Selection.Numbers ?? []).Distinct().Take(PreviewRepairs.Most + 1).Chunk(Chunk))
        {
            found.AddRange(await mine.Where(c => numbers.Contains(c.Number)).ToListAsync(cancellationToken));
        }

        return ([.. found.DistinctBy(c => c.Id).OrderBy(c => c.Number)], seen);
    }

    private static RepairItem Judge(ExceptionCase c, RepairCase known, PreviewRepairs request, string? changed)
    {
        var before = request.Change is { } asked && known.Payload is { IsJson: true, Current: { } current } ? JsonEdit.Read(known.Basis.Veil.Over(current)!, asked.Pointer) : null;
        var item = new RepairItem(
            c.Id, c.Name, c.ObjectType, c.ObjectId, c.ObjectLabel, c.Unit, c.Amount, c.Currency, c.ReportingAmount, c.Version, null, null, before, c.State is CaseState.Open);
        if (request.Change is not { } change)
        {
            return item;
        }

        var (verdict, why) = changed is not null ? (RepairVerdictKind.Stale, $"It was changed since you selected it: {changed}")
            : c.HeldByAnother(request.Actor) && !CaseFlow.IsEnded(c.State) ? (RepairVerdictKind.NotYours, $"{c.HolderName} holds it")
            : c.State is not (CaseState.Open or CaseState.Claimed or CaseState.AwaitingApproval) ? (RepairVerdictKind.NotPossible, $"It is {ExceptionCase.Say(c.State)}")
            : Judge(known with { Basis = known.Basis with { Mandate = request.Actor.Mandate } }, change);
        return item with { Verdict = verdict, Why = why };
    }

    private static (RepairVerdictKind Verdict, string? Why) Judge(RepairCase known, RepairChange change)
    {
        if (known.Payload is not { IsJson: true, Current: { } current })
        {
            return (RepairVerdictKind.NotPossible, "Its payload is not JSON");
        }

        if (!change.Concerns(current))
        {
            return (RepairVerdictKind.Unchanged, change.OnlyMissing ? "It is not missing there" : "It has another value there");
        }

        if (change.On(current) is not { } after)
        {
            return (RepairVerdictKind.NotPossible, "It has no such place");
        }

        var verdict = known.Basis.Judge(current, after, raw: false);
        return verdict.Changes.Count == 0 ? (RepairVerdictKind.Unchanged, "It has that value already")
            : verdict.Faults.Count > 0 ? (RepairVerdictKind.StillInvalid, Refusal.OfFields("", verdict.Faults).Message)
            : (RepairVerdictKind.Valid, null);
    }
}
