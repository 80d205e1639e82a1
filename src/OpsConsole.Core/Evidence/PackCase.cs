using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Flows;
using OpsConsole.Replay;
using OpsConsole.Storage;

namespace OpsConsole.Evidence;

/// <summary>All that is known of one exception in one file that an auditor can verify without the console. That it was taken is an entry itself.</summary>
/// <param name="Name">Its id, or its number: <c>EX-20418</c>.</param>
/// <param name="Actor">Who asks: it holds what they may see, masked as they see it.</param>
public sealed record PackCase(string Name, Actor Actor) : IRequest<Outcome<EvidencePack>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Name">Of the file.</param>
/// <param name="Content">A zip, from its beginning; whoever takes it disposes of it.</param>
/// <param name="Sums">The SHA-256 of its list of files: what the audit's entry names it by.</param>
public sealed record EvidencePack(string Name, Stream Content, string Sums);

internal sealed class PackCaseHandler(OpsDb db, IMediator mediator, PackMaker maker, TimeProvider clock) : IRequestHandler<PackCase, Outcome<EvidencePack>>
{
    public async Task<Outcome<EvidencePack>> Handle(PackCase request, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new ShowCase(request.Name, request.Actor), cancellationToken);
        if (found.Value is not { } view)
        {
            return found.Refusal!;
        }

        var row = view.Case;
        var repair = await mediator.Send(new ShowRepair(row.Id, request.Actor), cancellationToken);
        var starter = await mediator.Send(new FindStarter(row.ObjectType, row.ObjectId, request.Actor), cancellationToken);
        var entries = await db.Audit.AsNoTracking().Where(a => a.Subject == row.Name).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        var hashes = await db.ReplayItems.AsNoTracking().Where(r => r.CaseId == row.Id).ToDictionaryAsync(r => r.Id, r => r.Hash, cancellationToken);
        var hidden = await db.Hidden(request.Actor, FieldReveal.OfCase(row.Id), clock.GetUtcNow(), cancellationToken);
        var story = CaseStory.Tell(view, repair.Value, starter.Value, entries, hashes, $"Made for {request.Actor.Name}. What contracts call {hidden.Say()} is left out: dots stand for it.");
        return await maker.Make(row.Name, row.Unit, story, a => a.Subject == row.Name, entries.ConvertAll(a => a.Id), request.Actor, async pack =>
        {
            await pack.Json("exception.json", new { row.Name, Exception = row, view.Error, view.Systems, view.Links, view.Transactions }, cancellationToken);
            await pack.Json("steps.json", view.Steps, cancellationToken);
            await pack.Json("facts.json", view.Facts, cancellationToken);
            await pack.Json("who-started-it.json", starter.Value?.Way ?? [], cancellationToken);
            if (repair.Value is { } around)
            {
                await pack.Json("replays.json", around.Replays.Select(replay => new { Replay = replay, BoundTo = hashes.GetValueOrDefault(replay.Id) }), cancellationToken);
                await pack.Json("payload-versions.json", around.Versions, cancellationToken);
                await pack.Text("payloads/original.txt", around.Original ?? "", cancellationToken);
                foreach (var version in around.Versions)
                {
                    await pack.Text(FormattableString.Invariant($"payloads/v{version.Version}.txt"), version.Body, cancellationToken);
                }
            }
        }, cancellationToken);
    }
}
