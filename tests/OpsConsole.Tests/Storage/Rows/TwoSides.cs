using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Rows;

/// <summary>Two failures with all that hangs on them: one that somebody may see and one that is foreign to them.</summary>
internal static class TwoSides
{
    public static async Task<World> Filled<TBrand>(FailureSample own, FailureSample foreign)
        where TBrand : IDatabaseBrand
    {
        var world = await World.Start<TBrand>();
        await world.Says(own, foreign);
        await world.Look();
        await using var db = world.Open();
        foreach (var failure in new[] { own, foreign })
        {
            var key = Ids.OfObject(failure.Type, failure.Id);
            var transaction = Ids.Key(["order-to-cash", failure.Type, failure.Id]);
            db.Objects.Add(new BusinessObject
            {
                Key = key, Type = failure.Type, Id = failure.Id, Label = failure.Label, Unit = failure.Unit, LegalEntity = failure.LegalEntity, Amount = failure.Amount, Currency = failure.Currency, ReceivedAt = SyncSample.Noon,
                Facts = 1,
            });
            db.ObjectStates.Add(new ObjectState { ObjectKey = key, System = "netsuite", State = failure.Label, Outcome = SyncOutcome.Failed, Time = SyncSample.Noon, ReceivedAt = SyncSample.Noon, EventKey = failure.Fact().Key, Facts = 1 });
            db.Transactions.Add(new Transaction
            {
                Key = transaction, Flow = "order-to-cash", LeadKey = key, LeadType = failure.Type, LeadId = failure.Id, Label = failure.Label, Unit = failure.Unit, LegalEntity = failure.LegalEntity, Objects = 1,
                StartedAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon,
            });
            db.TransactionObjects.Add(new TransactionObject { TransactionKey = transaction, ObjectKey = key, LeadKey = key, Path = failure.Type });
            db.CaseTags.Add(new CaseTag { CaseId = failure.CaseId, Tag = failure.Label!, ByName = failure.Label!, At = SyncSample.Noon });
        }

        await db.SaveChangesAsync();
        await world.Claim(foreign.CaseId, Staff.Ines);
        await world.Send(new CommentCase(foreign.CaseId, $"said of {foreign.Label}", Staff.Ines));
        await world.Claim(own.CaseId, Staff.Ines);
        return world;
    }
}
