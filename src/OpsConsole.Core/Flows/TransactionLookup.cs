using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Finds a transaction by any name of the object that leads it.</summary>
internal static class TransactionLookup
{
    /// <summary>The transaction, whatever its unit, and its flow; each may be missing.</summary>
    public static async Task<(Transaction? Found, Flow? Flow)> Find(OpsDb db, string flowName, string id, CancellationToken cancellationToken)
    {
        var (questions, together) = (Questions<TransactionQuestions>.Of(db), new Together(db));
        var found = together.Ask(questions.Found(db, flowName, id));
        var flows = together.Ask(questions.Flow(db, flowName));
        await together.Send(cancellationToken);
        var flow = flows.Count == 0 ? null : flows[0];
        if (found.Count > 0 || flow is null)
        {
            return (found.Count == 0 ? null : found[0], flow);
        }

        var spoken = Ids.OfObject(FlowDefinition.FromJson(flow.Definition).Lead, id);
        var lead = (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken);
        return (lead is null ? null : await db.Transactions.AsNoTracking().FirstOrDefaultAsync(t => t.Flow == flowName && t.LeadKey == lead.Key, cancellationToken), flow);
    }
}
