using OpsConsole.Basics;
using OpsConsole.Flows;
using OpsConsole.Landscape;
using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Traces;

namespace OpsConsole.Bench.Queries;

/// <summary>What integration support asks: the one search, the map, differences, lists of traces, and what was known at a moment.</summary>
internal static class SupportQuestions
{
    private const string Flow = "order-to-cash";
    private const int Rows = 20;
    private const int MapHours = 24;

    private const string Span = """ "TraceId", "SpanId", "Service", "Name", "StartNanos", "EndNanos", "Failed", "StatusMessage" """;
    private const string Event = """ "Time", "SpokenKey", "EntityType", "EntityId", "System", "Operation", "Outcome", "State", "Amount", "Currency", "ErrorCode", "ErrorMessage", "TraceId" """;
    private const string Case = """ c."Id", c."Number", c."ObjectType", c."ObjectId", c."System", c."Operation", c."Title", c."State", c."HolderName", c."Amount", c."Currency", c."OpenedAt", c."DueAt", c."EndedAt" """;

    /// <param name="deal">A deal of the last weeks.</param>
    /// <param name="flow">Its definition as it was filled in.</param>
    /// <param name="now">The present: after the filling.</param>
    public static IEnumerable<Question> All(int deal, FlowDefinition flow, DateTimeOffset now)
    {
        // A whole working day that lies behind everybody's clock.
        var day = Enumerable.Range(2, 3).Select(back => new DateTimeOffset(now.UtcDateTime.Date.AddDays(-back), TimeSpan.Zero)).First(one => one.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        yield return ByKey($"SO-{deal}");
        yield return Spans("search, failed and slow spans of a day", "status:error duration:>10ms", day, """ AND "Failed" AND "EndNanos" - "StartNanos" > 10000000""");
        yield return Spans("search, free text in the spans of a day", "ledger", day, """ AND ("Name" ILIKE '%ledger%' OR "Service" ILIKE '%ledger%')""");
        yield return Map(flow, now);
        yield return Differences(day);
        yield return Traces();
        yield return AsOf(now);
    }

    private static Question ByKey(string id)
    {
        var key = Ids.OfObject("order", id);
        return new Question(
            "search, a business key over everything",
            async mediator => (await mediator.Send(new SearchFacts(id, null, null, null, Rows, Actor.System)).Accepted()).Spans!.Total,
            $"""
            SELECT "Key" FROM objects WHERE "Id" = '{id}' UNION SELECT "TargetSpokenKey" FROM said_names WHERE "Id" = '{id}';
            SELECT count(*) FROM spans WHERE "TraceId" IN (SELECT "TraceId" FROM trace_keys WHERE "SpokenKey" = '{key}');
            SELECT {Span} FROM spans WHERE "TraceId" IN (SELECT "TraceId" FROM trace_keys WHERE "SpokenKey" = '{key}') ORDER BY "StartNanos" DESC, "EndNanos" DESC LIMIT {Rows};
            SELECT {Event} FROM events WHERE "SpokenKey" = '{key}' ORDER BY "Time" DESC, "Id" LIMIT {Rows};
            SELECT count(*) FROM events WHERE "SpokenKey" = '{key}';
            SELECT * FROM transactions WHERE "Key" IN (SELECT "TransactionKey" FROM transaction_objects WHERE "ObjectKey" = '{key}') OR "LeadId" LIKE '{id}%' OR "Label" ILIKE '%{id}%' ORDER BY "StartOrder" DESC, "Key" LIMIT {Rows};
            SELECT count(*) FROM transactions WHERE "Key" IN (SELECT "TransactionKey" FROM transaction_objects WHERE "ObjectKey" = '{key}') OR "LeadId" LIKE '{id}%' OR "Label" ILIKE '%{id}%';
            SELECT {Case} FROM cases c WHERE "MovedTo" IS NULL AND ("ObjectId" LIKE '{id}%' OR lower("ObjectLabel") LIKE '%{id.ToLowerInvariant()}%') ORDER BY "EndedAt" IS NOT NULL, "OpenedAt" DESC LIMIT {Rows};
            SELECT count(*) FROM cases WHERE "MovedTo" IS NULL AND ("ObjectId" LIKE '{id}%' OR lower("ObjectLabel") LIKE '%{id.ToLowerInvariant()}%')
            """);
    }

    private static Question Spans(string name, string query, DateTimeOffset day, string where) => new(
        name,
        async mediator => (await mediator.Send(new SearchFacts(query, day, day.AddDays(1), [SearchKind.Span], Rows, Actor.System)).Accepted()).Spans!.Total,
        $"""
        SELECT {Span} FROM spans WHERE {Within(day)} {where} ORDER BY "StartNanos" DESC, "EndNanos" DESC LIMIT {Rows};
        SELECT count(*) FROM spans WHERE {Within(day)} {where}
        """);

    // Each step of the flow: how many passed, the latest thousand of them, and what waits, by currency and the system that told of the step before.
    private static Question Map(FlowDefinition flow, DateTimeOffset now)
    {
        var since = now.AddHours(-MapHours);
        var steps = flow.Milestones.Index().Skip(1).Select(step => (Second: step.Item.Name, First: flow.Milestones.FirstOrDefault(one => one.Name == step.Item.After)?.Name ?? flow.Milestones[step.Index - 1].Name)).ToList();
        var sides = string.Join(", ", steps.Select(step => $"('{step.First}', '{step.Second}')"));
        return new Question(
            "the integration map of a day",
            async mediator => (await mediator.Send(new ShowMap(null, null, MapHours, Actor.System)).Accepted()).Roads.Sum(road => road.Open),
            $"""
            SELECT * FROM flows ORDER BY "Name";
            SELECT (SELECT count(*) FROM transaction_milestones m JOIN transaction_milestones b USING ("TransactionKey") JOIN (VALUES {sides}) AS side(first, second) ON m."Name" = side.second AND b."Name" = side.first
                WHERE m."Flow" = '{Flow}' AND m."ReachedAt" IS NULL AND b."ReachedAt" IS NOT NULL);
            SELECT side.second, t."Currency", b."System", count(*), count(*) FILTER (WHERE m."DueAt" <= now()), sum(t."Amount") FROM transaction_milestones m
                JOIN transaction_milestones b USING ("TransactionKey") JOIN (VALUES {sides}) AS side(first, second) ON m."Name" = side.second AND b."Name" = side.first JOIN transactions t ON t."Key" = m."TransactionKey"
                WHERE m."Flow" = '{Flow}' AND m."ReachedAt" IS NULL AND b."ReachedAt" IS NOT NULL GROUP BY 1, 2, 3;
            SELECT "Name", count(*) FROM transaction_milestones WHERE "Flow" = '{Flow}' AND "ReachedAt" >= '{since:O}' GROUP BY "Name";
            SELECT side.second, m."System", m."ReachedAt", b."System", b."ReachedAt" FROM (VALUES {sides}) AS side(first, second)
                CROSS JOIN LATERAL (SELECT * FROM transaction_milestones WHERE "Flow" = '{Flow}' AND "Name" = side.second AND "ReachedAt" >= '{since:O}' ORDER BY "ReachedAt" DESC, "TransactionKey" LIMIT 1000) m
                JOIN transaction_milestones b ON b."TransactionKey" = m."TransactionKey" AND b."Name" = side.first;
            SELECT "System", sum(n), sum(late), sum(worth) FROM (SELECT "System", count(*) AS n, count(*) FILTER (WHERE "DueAt" < now()) AS late, max("ReportingAmount") AS worth
                FROM cases WHERE "EndedAt" IS NULL AND "MovedTo" IS NULL AND "Kind" = 0 GROUP BY "System", "ObjectKey") one GROUP BY "System";
            SELECT DISTINCT "Unit" FROM transactions ORDER BY 1
            """);
    }

    // One service's failed spans against its others: an even draw of each, with what their traces speak of.
    private static Question Differences(DateTimeOffset day)
    {
        const string service = "erp-adapter";
        string Where(string failed) => $"""{Within(day)} AND "Service" = '{service}' AND {failed}""";
        string Drawn(string failed) => $"""FROM spans WHERE {Where(failed)} ORDER BY "SpanId", "TraceId" LIMIT {ExplainSelection.MostRows}""";
        string Keys(string failed) => $"""SELECT k.*, o.* FROM trace_keys k LEFT JOIN objects o ON o."Key" = k."SpokenKey" WHERE k."TraceId" IN (SELECT "TraceId" {Drawn(failed)})""";
        const string drawn = """ SELECT "TraceId", "SpanId", "StartNanos", "Service", "Name", "Kind", "Failed", "Attributes", "Resource" """;
        return new Question(
            "differences of a service's failed spans of a day",
            async mediator => (await mediator.Send(new ExplainSelection($"service:{service} status:error", SearchKind.Span, day, day.AddDays(1), $"service:{service} status:ok", Actor.System)).Accepted()).Selected,
            $"""
            SELECT "Service", "Name", count(*) FROM spans WHERE {Where("\"Failed\"")} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 20;
            SELECT count(*) FROM spans WHERE {Where("\"Failed\"")};
            {drawn} {Drawn("\"Failed\"")};
            {drawn} {Drawn("NOT \"Failed\"")};
            SELECT count(*) FROM spans WHERE {Where("NOT \"Failed\"")};
            {Keys("\"Failed\"")};
            {Keys("NOT \"Failed\"")}
            """);
    }

    private static Question Traces() => new(
        "traces, first page of those that failed",
        async mediator => (await mediator.Send(new FindTraces(new TraceFilter(ErrorsOnly: true), Actor.System)).Accepted()).Total,
        """
        SELECT * FROM traces WHERE "Errors" > 0 ORDER BY "StartedAt" DESC, "TraceId" LIMIT 51;
        SELECT count(*) FROM traces WHERE "Errors" > 0;
        SELECT k.*, o."Type", o."Id", o."Unit" FROM trace_keys k LEFT JOIN objects o ON o."Key" = k."SpokenKey" WHERE k."TraceId" IN (SELECT "TraceId" FROM traces WHERE "Errors" > 0 ORDER BY "StartedAt" DESC, "TraceId" LIMIT 50)
        """);

    private static Question AsOf(DateTimeOffset now)
    {
        var at = now.AddSeconds(-30);
        const string page = $"""FROM past_transactions WHERE "Flow" = '{Flow}' ORDER BY "StartOrder" DESC, "Key" LIMIT 50""";
        return new Question(
            "transactions as they were known half a minute before",
            async mediator => (await mediator.Send(new ListTransactions(new TransactionFilter { Flow = Flow }, Actor.System)).Accepted()).Total,
            $"""
            SELECT set_config('opsconsole.as_of', '{at:O}', false);
            SELECT count(*) FROM past_transactions WHERE "Flow" = '{Flow}';
            SELECT * FROM past_transactions WHERE "Flow" = '{Flow}' ORDER BY "StartOrder" DESC, "Key" LIMIT 51;
            SELECT "ObjectKey", count(*) FROM past_cases WHERE "ObjectKey" = ANY (ARRAY(SELECT "LeadKey" {page})) AND "EndedAt" IS NULL AND "MovedTo" IS NULL GROUP BY 1;
            SELECT * FROM past_transaction_milestones WHERE "TransactionKey" = ANY (ARRAY(SELECT "Key" {page}))
            """)
        {
            At = at,
        };
    }

    private static string Within(DateTimeOffset day)
    {
        var from = (day - DateTimeOffset.UnixEpoch).Ticks * 100;
        return FormattableString.Invariant($"""("Day" >= '{day:yyyy-MM-dd}' AND "Day" <= '{day.AddDays(1):yyyy-MM-dd}' AND "StartNanos" >= {from} AND "StartNanos" < {from + 86_400_000_000_000})""");
    }
}
