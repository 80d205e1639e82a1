using MediatR;
using OpsConsole.Basics;
using OpsConsole.Cases;

namespace OpsConsole.Bench.Queries;

/// <summary>The worklist's lists, tabs and causes.</summary>
internal static class WorklistQuestions
{
    private const int Rows = 50;
    private const string Columns = """
        "Id", "Number", "Kind", "ExceptionType", "Title", "Fingerprint", "Cause", "ObjectKey", "ObjectType", "ObjectId", "ObjectLabel", "System", "Operation", "Unit", "LegalEntity", "Region",
        "Amount", "Currency", "ReportingAmount", "RateDate", "State", "CameBack", "PayloadVersion", "Holder", "HolderName", "HeldSince", "Queue", "DueAt", "OpenedAt", "FailedAt", "SnoozedUntil",
        "ProofDueAt", "EndedAt", "Ending", "ProofKey", "Spells", "Attempts", "MovedTo", "Version"
        """;

    private const string Open = """ "EndedAt" IS NULL""";
    private static readonly Actor s_all = Actor.System;
    private static readonly CaseFilter s_open = new() { States = [.. CaseFlow.Unended] };

    /// <param name="page100">Where the 99th page of the open ones ends.</param>
    public static IEnumerable<Question> All(string page100, (DateTimeOffset Due, long Number) after)
    {
        yield return List("worklist, first page of all that is open", s_open, Open);
        yield return List("worklist, 100th page", s_open, Open, page100, FormattableString.Invariant($"""("DueOrder", "Number") > ('{after.Due:O}', {after.Number})"""));
        yield return List("worklist of one unit", s_open with { Unit = "EMEA" }, $"""{Open} AND "Unit" = 'EMEA' """);
        yield return List("worklist of a small unit", s_open with { Unit = "unassigned" }, $"""{Open} AND "Unit" = 'unassigned' """);
        yield return List(
            "worklist of a steward of three units", s_open, $"""{Open} AND "Unit" = ANY (ARRAY['APAC', 'DACH', 'NORDICS'])""", actor: s_all with { Scope = Scope.Of("APAC", "DACH", "NORDICS") });
        yield return List("worklist, one state: claimed", new CaseFilter { States = [CaseState.Claimed] }, $"""{Open} AND "State" = 1""");
        yield return List("worklist, one state: resolved", new CaseFilter { States = [CaseState.Resolved] }, """ "State" = 7""");
        yield return List("worklist of one queue", s_open with { Queue = "payments" }, $"""{Open} AND "Queue" = 'payments' """);
        yield return List("worklist of one assignee", s_open with { Holder = Person(1) }, $"""{Open} AND "Holder" = '{Person(1)}' """);
        yield return List("worklist, free text in the customer's name", s_open with { Query = "norrvik bio" }, $"""{Open} AND {Named("norrvik bio")}""");
        yield return List("worklist, free text over ended ones too", new CaseFilter { Query = "norrvik bio" }, Named("norrvik bio"));
        yield return List("worklist, an order's id", new CaseFilter { Query = "SO-1234" }, Named("SO-1234"));
        yield return List("worklist, exact total of all there ever were", new CaseFilter(), "true");
        yield return Tabs();
    }

    /// <summary>A tenth of the way to the 100th page.</summary>
    public static Task<CasePage> Page(IMediator mediator, string? after) => mediator.Send(new ListCases(s_open, CaseSort.Due, after, Rows * 99 / 10, s_all)).Accepted();

    private static Question List(string name, CaseFilter filter, string where, string? after = null, string beyond = "true", Actor? actor = null) => new(
        name,
        async mediator => (await mediator.Send(new ListCases(filter, CaseSort.Due, after, Rows, actor ?? s_all)).Accepted()).Total,
        $"""
        SELECT {Columns} FROM cases WHERE "MovedTo" IS NULL AND {where} AND {beyond} ORDER BY "DueOrder", "Number" LIMIT {Rows + 1};
        SELECT coalesce(sum(n), 0), sum(u), sum(worth) FROM (
            SELECT count(*) AS n, count(*) FILTER (WHERE "Amount" IS NOT NULL AND "ReportingAmount" IS NULL) AS u, max("ReportingAmount") AS worth
            FROM cases WHERE "MovedTo" IS NULL AND {where} GROUP BY "ObjectKey") one;
        SELECT "Fingerprint", count(*) FROM cases WHERE "MovedTo" IS NULL AND {Open} {Scoped(actor)} AND "Fingerprint" = ANY (
            SELECT "Fingerprint" FROM cases WHERE "MovedTo" IS NULL AND {where} AND {beyond} ORDER BY "DueOrder", "Number" LIMIT {Rows}) GROUP BY "Fingerprint"
        """);

    private static Question Tabs() => new(
        "tabs of the queues with counts and sums",
        async mediator => (await mediator.Send(new QueueTabs(s_all)).Accepted()).All.Count,
        $"""
        SELECT "Queue", sum(n), sum(late), sum(worth) FROM (
            SELECT "Queue", count(*) AS n, count(*) FILTER (WHERE "DueAt" < now()) AS late, max("ReportingAmount") AS worth FROM cases WHERE "MovedTo" IS NULL AND {Open} GROUP BY "Queue", "ObjectKey") one GROUP BY "Queue";
        SELECT sum(n), sum(late), sum(worth) FROM (
            SELECT count(*) AS n, count(*) FILTER (WHERE "DueAt" < now()) AS late, max("ReportingAmount") AS worth FROM cases WHERE "MovedTo" IS NULL AND {Open} GROUP BY "ObjectKey") one;
        SELECT count(*), count(*) FILTER (WHERE "DueAt" < now()), sum("ReportingAmount") FROM cases WHERE "MovedTo" IS NULL AND {Open} AND "Holder" = 'system';
        SELECT count(*), count(*) FILTER (WHERE "DueAt" < now()), sum("ReportingAmount") FROM cases WHERE "MovedTo" IS NULL AND "State" = 2 AND "PreparedBy" IS DISTINCT FROM 'system'
        """);

    private static string Named(string text) =>
        $"""("ObjectId" LIKE '{text}%' OR "ObjectId" LIKE '{text.ToUpperInvariant()}%' OR lower("ObjectLabel") LIKE '%{text.ToLowerInvariant()}%')""";

    private static string Scoped(Actor? actor) => actor is null ? "" : $"""AND "Unit" = ANY (ARRAY['{string.Join("','", actor.Scope.Units)}'])""";

    private static string Person(int number) => $"00000000-0000-4000-8000-0000000000{number:00}";
}
