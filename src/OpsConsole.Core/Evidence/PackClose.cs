using OpsConsole.Cases;
using OpsConsole.Close;
using OpsConsole.Storage;

namespace OpsConsole.Evidence;

/// <summary>What is known of one unit's close for a period in one file: figures, sign-offs, its exceptions, and all that was done in the unit since the period began.</summary>
/// <param name="Period">A month, <c>2026-11</c>; nothing: the one that is being closed.</param>
/// <param name="Unit">Whose books.</param>
/// <param name="LegalEntity">Nothing: all of the unit's.</param>
/// <param name="Actor">Who asks.</param>
public sealed record PackClose(string? Period, string Unit, string? LegalEntity, Actor Actor) : IRequest<Outcome<EvidencePack>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

internal sealed class PackCloseHandler(OpsDb db, IMediator mediator, PackMaker maker) : IRequestHandler<PackClose, Outcome<EvidencePack>>
{
    public async Task<Outcome<EvidencePack>> Handle(PackClose request, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new ShowClose(request.Period, request.Unit, request.LegalEntity, request.Actor), cancellationToken);
        if (found.Value is not { } close)
        {
            return found.Refusal!;
        }

        var cases = await Cases(request, close.Period, cancellationToken);
        var (unit, from) = (request.Unit, close.Period.From);
        var entries = await db.Audit.AsNoTracking().Where(a => a.Unit == unit && a.At >= from).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        var name = $"{unit} {close.Period.Code}";
        return await maker.Make(name, unit, CloseStory.Tell(close, cases, entries), a => a.Unit == unit && a.At >= from, entries.ConvertAll(a => a.Id), request.Actor, async pack =>
        {
            await pack.Json("close.json", close, cancellationToken);
            await pack.Json("exceptions.json", cases, cancellationToken);
        }, cancellationToken);
    }

    private async Task<List<CaseRow>> Cases(PackClose request, ClosePeriod period, CancellationToken cancellationToken)
    {
        var (rows, after) = (new List<CaseRow>(), (string?)null);
        var filter = new CaseFilter { Unit = request.Unit, OpenedSince = period.From, OpenedUntil = period.To, States = Enum.GetValues<CaseState>() };
        do
        {
            var page = (await mediator.Send(new ListCases(filter, CaseSort.Due, after, ListCases.Longest, request.Actor), cancellationToken)).Value;
            rows.AddRange(page?.Items.Where(row => request.LegalEntity is null || row.LegalEntity == request.LegalEntity) ?? []);
            after = page?.Next;
        }
        while (after is not null);
        return rows;
    }
}
