using MediatR;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Kpis;
using OpsConsole.Landscape;
using OpsConsole.Ownership;
using OpsConsole.Rates;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Routing;
using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;
using OpsConsole.Traces;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Storage;

/// <summary>No page asks the database once per row: with fifty of everything it sends as many commands as with one of everything.</summary>
public abstract class CommandsPerPageTests<TBrand>(ITestOutputHelper output)
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Every_list_and_page_sends_as_many_commands_for_fifty_rows_as_for_one()
    {
        var one = await Count(1);
        var fifty = await Count(50);

        foreach (var (page, commands) in fifty)
        {
            output.WriteLine($"{page}: {commands}");
        }

        Assert.All(fifty, page => Assert.True(page.Value > 0, page.Key));
        Assert.Equal(one, fifty);
    }

    private static async Task<SortedDictionary<string, int>> Count(int rows)
    {
        await using var world = await World.Start<TBrand>();
        await CommandsPerPage.Fill(world, rows);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, ask) in CommandsPerPage.Pages(await world.Case(CommandsPerPage.Failure(0).CaseId)))
        {
            counts[name] = await CommandCounter.Of(() => ask(world));
        }

        return counts;
    }
}

public static class CommandsPerPageTests
{
    public sealed class On_postgres(ITestOutputHelper output) : CommandsPerPageTests<OnPostgres>(output);

    public sealed class On_sqlserver(ITestOutputHelper output) : CommandsPerPageTests<OnSqlServer>(output);
}

/// <summary>The pages' requests, and a world with so many rows for each of them.</summary>
internal static class CommandsPerPage
{
    private const string Flow = "order-to-cash";
    private static readonly byte[] s_trace = [.. Enumerable.Repeat((byte)7, 16)];

    public static FailureSample Failure(int number) => new() { Id = $"INV-{number}", ErrorCode = $"CODE_{number}", Label = $"Customer {number}" };

    public static IEnumerable<(string Name, Func<World, Task> Ask)> Pages(ExceptionCase one) =>
    [
        Page(new ListCases(new CaseFilter(), CaseSort.Due, null, 50, Staff.Root)),
        Page(new LookAgain(new CaseFilter(), [one.Id], 0, Staff.Root)),
        Page(new QueueTabs(Staff.Root)),
        Page(new ListCauses(null, null, 50, Staff.Root)),
        Page(new ShowCauseTrend(one.Fingerprint, Staff.Root)),
        Page(new ShowCauseBlocks(one.Fingerprint, Staff.Root)),
        Page(new CountDesk(Staff.Root)),
        Page(new ShowCase(one.Name, Staff.Root)),
        Page(new ShowRepair(one.Id, Staff.Root)),
        Page(new ListAssignees(one.Id, Staff.Both)),
        Page(new ExplainRouting(one.Id, Staff.Root)),
        Page(new ListRules(Staff.Root)),
        Page(new ListTargets(Staff.Root)),
        Page(new ListTransactions(new TransactionFilter { Flow = Flow }, Staff.Root)),
        Page(new ShowTransaction(Flow, "SO-0", Staff.Root)),
        Page(new ShowTransactionTraces(Flow, "SO-0", Staff.Root)),
        Page(new ListFlows(Staff.Root)),
        Page(new FindObjects(new ObjectFilter(), Staff.Root)),
        Page(new ShowObject("order", "SO-0", Staff.Root)),
        Page(new FindTraces(new TraceFilter(), Staff.Root)),
        Page(new ShowTrace(Convert.ToHexStringLower(s_trace), Staff.Root)),
        Page(new CompareTraces(Convert.ToHexStringLower(s_trace), null, Staff.Root)),
        Page(new ListTraceLogs(Convert.ToHexStringLower(s_trace), null, Staff.Root)),
        Page(new CountTraceLogs(Convert.ToHexStringLower(s_trace), Staff.Root)),
        Page(new SearchEverything("INV", Staff.Root)),
        Page(new SearchFacts("status:error", null, null, null, 50, Staff.Root)),
        Page(new ExplainSelection("status:error", SearchKind.Event, null, null, null, Staff.Root)),
        Page(new SuggestSearch("service:", Staff.Root)),
        Page(new ShowMap(null, null, 24, Staff.Root)),
        Page(new MeasureBoard(new BoardFilter { Flow = Flow }, Staff.Root)),
        Page(new MeasureFigures(new BoardFilter { Flow = Flow }, Staff.Root)),
        Page(new ShowKpi("amount-at-risk", new BoardFilter(), Staff.Root)),
        Page(new ListKpiRows("amount-at-risk", new BoardFilter(), Staff.Root)),
        Page(new ListKpiRows("first-time-right", new BoardFilter(), Staff.Root)),
        Page(new ShowStats(Flow, Staff.Root)),
        Page(new ListSources(Staff.Root)),
        Page(new ListQuarantine(null, null, null, null, null, null, 50, Staff.Root)),
        Page(new ListRefusedKinds(Staff.Root)),
        Page(new ListPeople(Staff.Root)),
        Page(new ListRates(Staff.Root)),
        Page(new ListAudit(new AuditFilter(), null, 50, Staff.Root)),
        Page(new CountedOnce(new CaseFilter(), Staff.Root)),
        Page(new UnderstandCase(one.Id, Staff.Root)),
        Page(new ShowTeam(one.Id, Staff.Root)),
        Page(new FindPlace(one.Id, Staff.Root)),
        Page(new ListColleagues(one.Id, Staff.Root)),
        Page(new ShowRepairForm(one.Id, Staff.Root)),
        Page(new ShowSla(one.Id, Staff.Root)),
        Page(new ListBulks(50, Staff.Root)),
        Page(new ListApprovals(50, Staff.Root)),
        Page(new ListTeams(Staff.Root)),
        Page(new ListContracts(Staff.Root)),
        Page(new ListOwnership(null, null, Staff.Root)),
        Page(new ListFourEyesRules(Staff.Root)),
    ];

    public static async Task Fill(World world, int rows)
    {
        await using (var db = world.Open())
        {
            db.Flows.Add(new Flow { Name = Flow, Definition = Definition, Version = 1, FoldedVersion = 1, UpdatedAt = world.Clock.GetUtcNow(), UpdatedBy = "Root" });
            db.Traces.Add(Trace(s_trace, rows));
            for (var i = 0; i < rows; i++)
            {
                AddFacts(db, i, world.Clock.GetUtcNow());
                AddDesk(db, i, world.Clock.GetUtcNow());
            }

            await db.SaveChangesAsync();
        }

        await world.Says([.. Enumerable.Range(0, rows).Select(Failure)]);
        await world.Look();
    }

    private static (string Name, Func<World, Task> Ask) Page<T>(IRequest<Outcome<T>> request) => (request.GetType().Name, async world =>
    {
        var answer = await world.Send(request);
        Assert.True(answer.Accepted, $"{request.GetType().Name}: {answer.Refusal?.Message}");
    });

    // One order with all the invoices, and as many other orders; one trace with all the spans, and as many other traces.
    private static void AddFacts(OpsConsole.Storage.OpsDb db, int i, DateTimeOffset now)
    {
        var (order, lead, invoice) = (new ObjectRef("order", $"SO-{i}"), new ObjectRef("order", "SO-0"), new ObjectRef("invoice", $"INV-{i}"));
        var key = Ids.Key([Flow, "order", order.Id]);
        db.Objects.AddRange(Known(order, now), Known(invoice, now));
        db.ObjectStates.Add(new ObjectState { ObjectKey = invoice.Key, System = "netsuite", State = "posted", Outcome = SyncOutcome.Succeeded, Operation = "create", Time = now, ReceivedAt = now, EventKey = Ids.OfEvent("urn:samples", $"{i}") });
        db.ObjectLinks.AddRange(Link(lead, invoice), Link(invoice, lead));
        db.Transactions.Add(new Transaction { Key = key, Flow = Flow, LeadKey = order.Key, LeadType = "order", LeadId = order.Id, Unit = "EMEA", Objects = 2, Milestones = 1, StartedAt = now });
        db.TransactionMilestones.Add(new TransactionMilestone { TransactionKey = key, Name = "invoiced", Flow = Flow, ReachedAt = now, ReceivedAt = now, ObjectKey = invoice.Key });
        db.TransactionObjects.Add(new TransactionObject { TransactionKey = Ids.Key([Flow, "order", lead.Id]), ObjectKey = invoice.Key, LeadKey = lead.Key, Path = "order/invoice" });

        var trace = Ids.Key(["trace", $"{i}"]).ToByteArray();
        db.Traces.Add(Trace(trace, 1));
        db.TraceKeys.AddRange(
            new TraceKey { SpokenKey = invoice.Key, TraceId = trace, Type = "invoice", Id = invoice.Id }, new TraceKey { SpokenKey = invoice.Key, TraceId = s_trace, Type = "invoice", Id = invoice.Id });
        db.Spans.Add(new Span
        {
            TraceId = s_trace, SpanId = BitConverter.GetBytes(1L + i), StartNanos = (SyncSample.Noon - DateTimeOffset.UnixEpoch).Ticks * 100, EndNanos = ((SyncSample.Noon - DateTimeOffset.UnixEpoch).Ticks * 100) + 1_000,
            Day = DateOnly.FromDateTime(SyncSample.Noon.UtcDateTime), Name = "sync", Service = "middleware", ReceivedAt = SyncSample.Noon, SenderId = Guid.Empty,
        });
    }

    private static void AddDesk(OpsConsole.Storage.OpsDb db, int i, DateTimeOffset now)
    {
        var source = Ids.Key(["source", $"{i}"]);
        db.Sources.Add(new Source { Id = source, Name = $"source-{i}", CreatedAt = now });
        db.SourceKeys.Add(new SourceKey { Id = Ids.Key(["key", $"{i}"]), SourceId = source, Hash = Ids.Hash([$"{i}"]), Tail = "abcd", CreatedAt = now });
        db.Quarantine.Add(new Quarantined
        {
            Id = Ids.Key(["refused", $"{i}"]), Kind = "events", SenderId = source, Reason = "unknown-type", Message = "type: is not known", EventType = $"type-{i}", ContentType = "application/json", Bytes = [1], ReceivedAt = now,
        });
        db.People.Add(new Person { Id = Ids.Key(["person", $"{i}"]), UserName = $"p{i}", NormalizedUserName = $"P{i}", DisplayName = $"Person {i}", Roles = [Role.Steward], AllUnits = true, CreatedAt = now });
        db.Bulks.Add(new Bulk { Id = Ids.Key(["bulk", $"{i}"]), Said = "ticked rows", CreatedBy = Staff.Ines.Id, CreatedByName = Staff.Ines.Name, CreatedAt = now, Total = 1, Units = "EMEA" });
        db.BulkItems.Add(new BulkItem { BulkId = Ids.Key(["bulk", $"{i}"]), Position = 0, CaseId = Failure(i).CaseId, SeenVersion = 1, Unit = "EMEA" });
        db.Teams.Add(new Team { Code = $"team-{i}", Label = $"Team {i}", UpdatedAt = now, UpdatedBy = "Root" });
        db.Audit.Add(AuditEntry.Of(Staff.Root, "rule.save", $"rule {i}", "", now.AddSeconds(i)));
        db.Rates.Add(new ExchangeRate { Currency = "USD", Day = new DateOnly(2026, 1, 1).AddDays(i), Rate = 0.9m, SetAt = now });
    }

    private static BusinessObject Known(ObjectRef what, DateTimeOffset now) => new() { Key = what.Key, Type = what.Type, Id = what.Id, Unit = "EMEA", ReceivedAt = now, Facts = 1 };

    private static ObjectLink Link(ObjectRef from, ObjectRef to) => new() { FromKey = from.Key, ToKey = to.Key, FromType = from.Type, ToType = to.Type, Role = "" };

    private static TraceSummary Trace(byte[] id, int spans) => new()
    {
        TraceId = id, StartedAt = SyncSample.Noon, EndedAt = SyncSample.Noon.AddMilliseconds(1), Spans = spans, Errors = 0, Service = "middleware", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = SyncSample.Noon,
    };

    private const string Definition = """
        {"name": "order-to-cash", "lead": "order", "paths": ["order/invoice"], "milestones": [{"name": "invoiced", "type": "invoice", "state": "finalized"}], "lags": [["invoiced", "invoiced"]]}
        """;
}
