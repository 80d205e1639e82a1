using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Replay;
using OpsConsole.Routing;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Kpis;

/// <summary>Something for every number of the board to count, and something beside it that it must not count.</summary>
internal static class KpiFacts
{
    private static readonly string[] s_types = ["target-down", "throttled", "tax-profile-missing", "duplicate-customer", "already-on-record", "mapping-gap", "validation-refused"];
    private static readonly string[] s_units = ["EMEA", "AMER", "APAC"];
    private static readonly string?[] s_currencies = ["EUR", "USD", "CAD"];

    public static void Fill(OpsDb db)
    {
        for (var i = 0; i < 35; i++)
        {
            AddCase(db, i);
        }

        for (var i = 0; i < 12; i++)
        {
            db.Objects.AddRange(Known("payment", i), Known("invoice", i));
            AddCustomer(db, i);
            AddFailure(db, i);
        }

        for (var i = 0; i < 3; i++)
        {
            var source = new Source { Id = Ids.Key(["source", $"{i}"]), Name = $"source-{i}", CreatedAt = BoardWorld.Now.AddDays(-30) };
            db.Sources.Add(source);
            db.SourceHours.Add(new SourceHour { SourceId = source.Id, Hour = BoardWorld.Now.AddHours(-i - 1), Events = 5, LastAt = BoardWorld.Now.AddMinutes(-20 - (40 * i)) });
        }

        AddLateInvoice(db);
        db.RecoveryObjectives.Add(new RecoveryObjective { Flow = BoardWorld.Flow, Hours = 48, Share = 0.9, UpdatedAt = BoardWorld.Now, UpdatedBy = "test" });
    }

    // Every fifth is open, resolved, dismissed, parked, awaiting approval; some share an object, some an order of the flow.
    private static void AddCase(OpsDb db, int i)
    {
        var about = i % 2 == 0 ? new ObjectRef("order", $"SO-{i / 4}") : i % 7 == 3 ? new ObjectRef("customer", $"NEW-{i % 12}") : new ObjectRef("invoice", $"invoice-{i % 12}");
        var opened = BoardWorld.Now.AddHours(-19 * i).AddMinutes(-i);
        var made = new ExceptionCase
        {
            Id = ExceptionSignal.OfFailure(about.Type, about.Id, "erp", $"try-{i}"), ObjectKey = about.Key, ObjectType = about.Type, ObjectId = about.Id, System = "erp", Operation = $"try-{i}",
            ExceptionType = s_types[i % s_types.Length], Fingerprint = $"print-{i % 9}", Title = "Refused", Cause = "Refused", Unit = s_units[i % 3], LegalEntity = i % 4 == 0 ? null : i % 2 == 0 ? "DE01" : "US01",
            Region = i % 3 == 0 ? "CA" : "NY", Amount = i % 6 == 5 ? null : 100.25m + i, Currency = i % 6 == 5 ? null : s_currencies[i % 3],
            ReportingAmount = i % 6 == 5 || i % 3 == 2 ? null : i % 3 == 1 ? (100.25m + i) / 2 : 100.25m + i,
            FailedAt = opened, OpenedAt = opened, ChangedAt = opened, DueAt = i % 8 == 0 ? null : opened.AddHours(i % 4 == 0 ? 8 : 200), Spells = 1,
        };
        var ended = opened.AddHours(1 + (3 * i));
        foreach (var action in Steps(i))
        {
            Assert.True(made.Move(action, Actor.System, "test", ended < BoardWorld.Now ? ended : BoardWorld.Now).Accepted);
        }

        db.Cases.Add(made);
        if (i % 3 == 1)
        {
            db.PayloadVersions.Add(new PayloadVersion { CaseId = made.Id, Version = 1, Body = "{}", Hash = "h", AuthorId = "ines", AuthorName = "Ines", At = opened.AddMinutes(30) });
            db.PayloadVersions.Add(new PayloadVersion { CaseId = made.Id, Version = 2, Body = "{}", Hash = "h", AuthorId = "ines", AuthorName = "Ines", At = opened.AddMinutes(45) });
        }

        if (i % 4 == 1)
        {
            var replay = new ReplayItem
            {
                Id = Ids.Key(["replay", $"{i}"]), CaseId = made.Id, PayloadVersion = 0, Target = "erp", IdempotencyKey = $"key-{i}", Hash = "h", RequestedBy = "ines", RequestedByName = "Ines", CreatedAt = opened, DueAt = opened,
            };
            replay.End(i % 3 == 0 ? ReplayState.Cancelled : i % 3 == 1 ? ReplayState.Proven : ReplayState.Disproven, "seen", opened.AddHours(2));
            db.ReplayItems.Add(replay);
        }
    }

    private static void AddLateInvoice(OpsDb db)
    {
        var (order, started) = (new ObjectRef("order", "SO-late"), BoardWorld.Now.AddHours(-5));
        var key = Ids.Key(["transaction", BoardWorld.Flow, order.Type, order.Id]);
        TransactionMilestone[] milestones =
        [
            new() { TransactionKey = key, Name = "invoiced", Flow = BoardWorld.Flow, ReachedAt = started, ReceivedAt = started },
            new() { TransactionKey = key, Name = "booked-in-erp", Flow = BoardWorld.Flow, Ordinal = 1, DueAt = started.AddHours(1), PriorAt = started },
        ];
        db.TransactionMilestones.AddRange(milestones);
        db.Transactions.Add(new Transaction
        {
            Key = key, Flow = BoardWorld.Flow, LeadKey = order.Key, LeadType = order.Type, LeadId = order.Id, Unit = "EMEA", LegalEntity = "DE01", Region = "NY", Amount = 70, Currency = "USD", Objects = 1, Milestones = 2, Reached = 1,
            Progress = Transaction.ProgressOf(milestones), StartedAt = started, NextDueAt = started.AddHours(1), ReceivedAt = started,
        });
    }

    private static CaseAction[] Steps(int i) => (i % 5) switch
    {
        1 => [CaseAction.Proven],
        2 => [CaseAction.Dismiss],
        3 => [CaseAction.Claim, CaseAction.Replay, CaseAction.Park],
        4 => [CaseAction.Claim, CaseAction.Submit],
        _ => [],
    };

    private static BusinessObject Known(string type, int i)
    {
        var what = new ObjectRef(type, $"{type}-{i}");
        return new BusinessObject
        {
            Key = what.Key, Type = type, Id = what.Id, Unit = s_units[i % 3], LegalEntity = i % 2 == 0 ? "DE01" : "US01", Region = i % 3 == 0 ? "CA" : "NY", Amount = 10 + i, Currency = s_currencies[i % 3],
            FirstAt = BoardWorld.Now.AddDays(-2 * i).AddHours(-1), LastAt = BoardWorld.Now, ReceivedAt = BoardWorld.Now, Systems = i % 4 == 3 ? 1 : 2, Disagrees = i % 5 == 1, DisagreesSince = i % 5 == 1 ? BoardWorld.Now : null, Facts = 2,
        };
    }

    // Every third customer has an order of the flow, every fourth is asked for and not there yet.
    private static void AddCustomer(OpsDb db, int i)
    {
        var (customer, order) = (new ObjectRef("customer", $"NEW-{i}"), new ObjectRef("order", $"SO-{i}"));
        db.Objects.Add(new BusinessObject
        {
            Key = customer.Key, Type = customer.Type, Id = customer.Id, Unit = s_units[i % 3], LegalEntity = i % 2 == 0 ? "DE01" : "US01", Region = i % 3 == 0 ? "CA" : "NY",
            FirstAt = BoardWorld.Now.AddDays(-3 * i).AddHours(-2), LastAt = BoardWorld.Now, ReceivedAt = BoardWorld.Now, Systems = 1, Facts = 1,
        });
        if (i % 3 == 0)
        {
            db.ObjectLinks.Add(new ObjectLink { FromKey = customer.Key, ToKey = order.Key, FromType = customer.Type, ToType = order.Type });
            db.ObjectLinks.Add(new ObjectLink { FromKey = order.Key, ToKey = customer.Key, FromType = order.Type, ToType = customer.Type });
        }

        db.ObjectStates.Add(new ObjectState
        {
            ObjectKey = customer.Key, System = "erp", Operation = "create", Outcome = (i % 4) switch { 0 => SyncOutcome.Pending, 1 => SyncOutcome.Failed, _ => SyncOutcome.Succeeded },
            Time = BoardWorld.Now, ReceivedAt = BoardWorld.Now, EventKey = Ids.OfEvent("urn:test", $"{i}"),
        });
    }

    private static void AddFailure(OpsDb db, int i)
    {
        var order = new ObjectRef("order", $"SO-{3 * i}");
        var failed = BoardWorld.Now.AddDays(-i).AddHours(-9);
        db.Signals.Add(new ExceptionSignal
        {
            Id = ExceptionSignal.OfFailure(order.Type, order.Id, "billing", "update"), Kind = SignalKind.Failure, ObjectKey = order.Key, ObjectType = order.Type, ObjectId = order.Id, System = "billing", Operation = "update",
            Spells = 1, Open = i % 3 == 0, FailedAt = failed, ReceivedAt = failed, EndedAt = i % 3 == 0 ? null : failed.AddMinutes(10 * i), Unit = s_units[i % 3], LegalEntity = i % 2 == 0 ? "DE01" : "US01",
            Region = i % 3 == 0 ? "CA" : "NY", Amount = 5 + i, Currency = s_currencies[i % 3], Gone = i == 11, Version = 1,
        });
    }
}
