using OpsConsole.Contracts;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>
/// Sets a transaction beside a healthy twin. The twin is a run of the same flow that reached every milestone in time and has no open exception on
/// any of its objects; of those the same unit is preferred, then the nearest in time.
/// </summary>
/// <param name="Flow">The flow's name.</param>
/// <param name="Id">Of the object that leads it, under any of its names.</param>
/// <param name="Actor">Who asks; the twin, too, must be in their scope.</param>
public sealed record CompareTransactions(string Flow, string Id, Actor Actor) : IRequest<Outcome<TransactionComparison>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

internal sealed class CompareTransactionsHandler(OpsDb db, ContractShelf shelf, TimeProvider clock)
    : IRequestHandler<CompareTransactions, Outcome<TransactionComparison>>
{
    private const int MostCandidates = 20;
    private const int MostWords = 1_000;
    private const int MostParts = 200;

    public async Task<Outcome<TransactionComparison>> Handle(CompareTransactions request, CancellationToken cancellationToken)
    {
        var scope = request.Actor.Scope;
        var (found, flow) = await TransactionLookup.Find(db, request.Flow, request.Id, cancellationToken);
        if (found is null || !scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The transaction {request.Id} of the flow {request.Flow}");
        }

        var twin = Twin.Pick(await Alike(found, scope, cancellationToken), one => one.StartOrder, one => one.Unit, found.StartOrder, found.Unit);
        var here = await Run(found, flow, scope, cancellationToken);
        return twin is null
            ? TransactionComparison.Of(here, null)
            : TransactionComparison.Of(here, await Run(twin, flow, scope, cancellationToken)) with
            {
                Payloads = await RunPayloads.Compare(db, shelf, await Payloads(found, scope, cancellationToken), await Payloads(twin, scope, cancellationToken), request.Actor, cancellationToken),
            };
    }

    // The nearest on either side: the index of a flow's runs in the order of their start leads there.
    private async Task<IReadOnlyList<Transaction>> Alike(Transaction found, Scope scope, CancellationToken cancellationToken)
    {
        var (key, flow, at, all, units) = (found.Key, found.Flow, found.StartOrder, scope.AllUnits, scope.Units);
        var alike = db.Transactions.AsNoTracking().Where(t => t.Flow == flow && t.Key != key && t.Reached == t.Milestones && !t.Late && (all || units.Contains(t.Unit))
            && !db.TransactionObjects.Any(part => part.TransactionKey == t.Key && db.Cases.Any(c => c.ObjectKey == part.ObjectKey && c.EndedAt == null && c.MovedTo == null)));
        var before = await alike.Where(t => t.StartOrder <= at).OrderByDescending(t => t.StartOrder).ThenBy(t => t.Key).Take(MostCandidates).ToListAsync(cancellationToken);
        var after = await alike.Where(t => t.StartOrder > at).OrderBy(t => t.StartOrder).ThenBy(t => t.Key).Take(MostCandidates).ToListAsync(cancellationToken);
        return [.. before, .. after];
    }

    private async Task<ComparedRun> Run(Transaction run, Flow? flow, Scope scope, CancellationToken cancellationToken)
    {
        var (key, all, units) = (run.Key, scope.AllUnits, scope.Units);
        var together = new Together(db);
        var milestones = together.Ask(Questions<TransactionQuestions>.Of(db).Milestones(db, key));
        await together.Send(cancellationToken);
        var words = await (
            from part in db.TransactionObjects.AsNoTracking()
            where part.TransactionKey == key
            join o in db.Objects on part.ObjectKey equals o.Key
            where all || units.Contains(o.Unit)
            join s in db.ObjectStates on o.Key equals s.ObjectKey
            orderby part.Path, o.Id, s.System
            select new ComparedWord(part.Path, s.System, s.State, s.Outcome, s.ErrorCode, s.Attributes)).Take(MostWords).ToListAsync(cancellationToken);
        var (book, now) = (FlowBook.Of(flow), clock.GetUtcNow());
        return new ComparedRun(run, milestones.ConvertAll(row => book.Line(row.Milestone, row.ReachedBy, now)), words);
    }

    private async Task<RunPayloads> Payloads(Transaction run, Scope scope, CancellationToken cancellationToken)
    {
        var (key, all, units) = (run.Key, scope.AllUnits, scope.Units);
        return new RunPayloads(await (
            from part in db.TransactionObjects.AsNoTracking()
            where part.TransactionKey == key
            join o in db.Objects on part.ObjectKey equals o.Key
            where all || units.Contains(o.Unit)
            orderby part.Path, o.Id
            select new { o.Key, part.Path }).Take(MostParts).ToDictionaryAsync(part => part.Key, part => part.Path, cancellationToken));
    }
}
