using System.Security.Cryptography;
using System.Text;
using OpsConsole.Basics;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Traces;

namespace OpsConsole.Bench.Queries;

/// <summary>Transactions, traces, causes and the board.</summary>
internal static class FactQuestions
{
    /// <param name="deal">A deal of the last weeks.</param>
    public static IEnumerable<Question> All(int deal)
    {
        yield return Transaction($"SO-{deal}");
        yield return new Question(
            "transactions, first page",
            async mediator => (await mediator.Send(new ListTransactions(new TransactionFilter { Flow = "order-to-cash" }, Actor.System)).Accepted()).Total,
            """
            SELECT t.*, (SELECT count(*) FROM cases c WHERE c."ObjectKey" = t."LeadKey" AND c."EndedAt" IS NULL AND c."MovedTo" IS NULL) FROM transactions t WHERE "Flow" = 'order-to-cash' ORDER BY "StartOrder" DESC, "Key" LIMIT 51;
            SELECT count(*) FROM transactions WHERE "Flow" = 'order-to-cash';
            SELECT m.* FROM transaction_milestones m WHERE "TransactionKey" = ANY (SELECT "Key" FROM transactions WHERE "Flow" = 'order-to-cash' ORDER BY "StartOrder" DESC, "Key" LIMIT 50)
            """);
        yield return Trace("a trace of 10 spans", $"trace{deal}", 10);
        yield return Trace("a trace of 10,000 spans, as far as it is shown", "long", 10_000);
        yield return new Question(
            "causes, most at risk first",
            async mediator => (await mediator.Send(new ListCauses(null, null, 50, Actor.System)).Accepted()).Total,
            """
            SELECT "Fingerprint", sum(worth) FROM (SELECT "Fingerprint", max("ReportingAmount") AS worth FROM cases WHERE "MovedTo" IS NULL AND "EndedAt" IS NULL GROUP BY "Fingerprint", "ObjectKey") one GROUP BY "Fingerprint" ORDER BY 2 DESC LIMIT 50;
            SELECT count(DISTINCT "Fingerprint") FROM cases WHERE "MovedTo" IS NULL AND "EndedAt" IS NULL;
            SELECT "Fingerprint", "Cause", "ExceptionType", "Unit", "EndedAt" IS NULL, count(*), count(*) FILTER (WHERE "DueAt" < now()), min("OpenedAt"), max("OpenedAt") FROM cases
            WHERE "MovedTo" IS NULL AND "Fingerprint" = ANY (SELECT "Fingerprint" FROM (SELECT "Fingerprint", max("ReportingAmount") AS worth FROM cases WHERE "MovedTo" IS NULL AND "EndedAt" IS NULL GROUP BY "Fingerprint", "ObjectKey") one GROUP BY "Fingerprint" ORDER BY sum(worth) DESC LIMIT 50)
            GROUP BY 1, 2, 3, 4, 5
            """);
        yield return new Question(
            "the board over 30 days",
            async mediator => (await mediator.Send(new MeasureBoard(new BoardFilter(), Actor.System)).Accepted()).Health.Transactions,
            BoardSql.Of(30),
            0);
        yield return new Question(
            "the board over 12 months",
            async mediator => (await mediator.Send(new MeasureBoard(new BoardFilter { Period = BoardPeriod.Year }, Actor.System)).Accepted()).Health.Transactions,
            BoardSql.Of(365),
            0)
        {
            Most = 1_000,
        };
    }

    private static Question Transaction(string order)
    {
        var lead = Ids.OfObject("order", order);
        var key = Ids.Key(["order-to-cash", "order", order]);
        return new Question(
            "a transaction by its key",
            async mediator => (await mediator.Send(new ShowTransaction("order-to-cash", order, Actor.System)).Accepted()).Objects.Total,
            $"""
            SELECT t.*, f.* FROM transactions t JOIN flows f ON f."Name" = t."Flow" WHERE t."Flow" = 'order-to-cash' AND t."LeadId" = '{order}';
            SELECT count(*) OVER (), p."Path", o.* FROM transaction_objects p JOIN objects o ON o."Key" = p."ObjectKey" WHERE p."TransactionKey" = '{key}' ORDER BY p."Path", o."FirstAt", o."Id" LIMIT 500;
            SELECT s."ObjectKey", s."System", s."State", s."Outcome", s."Time" FROM object_states s JOIN transaction_objects p USING ("ObjectKey") WHERE p."TransactionKey" = '{key}';
            SELECT m.*, o."Type", o."Id" FROM transaction_milestones m LEFT JOIN objects o ON o."Key" = m."ObjectKey" WHERE m."TransactionKey" = '{key}' ORDER BY m."Ordinal";
            SELECT c."Id", c."Number", c."ObjectType", c."ObjectId", c."System", c."Operation", c."Title", c."State", c."HolderName", c."Amount", c."Currency", c."OpenedAt", c."DueAt", c."EndedAt" FROM cases c JOIN transaction_objects p USING ("ObjectKey") WHERE p."TransactionKey" = '{key}' AND c."MovedTo" IS NULL LIMIT 100;
            SELECT t.* FROM traces t WHERE t."TraceId" IN (SELECT k."TraceId" FROM trace_keys k JOIN transaction_objects p ON p."ObjectKey" = k."SpokenKey" WHERE p."TransactionKey" = '{key}') ORDER BY t."StartedAt" DESC LIMIT 100;
            SELECT o."Type", o."Id", o."Label", (SELECT count(*) FROM object_links l2 JOIN objects o2 ON o2."Key" = l2."ToKey" WHERE l2."FromKey" = o."Key" AND o2."Type" = 'order' AND o2."Key" <> '{lead}')
            FROM objects o WHERE o."Type" <> 'order' AND o."Key" IN (SELECT l."ToKey" FROM object_links l JOIN transaction_objects p ON p."ObjectKey" = l."FromKey" WHERE p."TransactionKey" = '{key}')
                AND NOT EXISTS (SELECT FROM transaction_objects p WHERE p."TransactionKey" = '{key}' AND p."ObjectKey" = o."Key") LIMIT 20;
            SELECT o."Type", o."Id", o."Label", count(*) FROM transaction_objects p JOIN transaction_objects other ON other."ObjectKey" = p."ObjectKey" AND other."LeadKey" <> p."LeadKey" JOIN objects o ON o."Key" = p."ObjectKey"
            WHERE p."TransactionKey" = '{key}' GROUP BY 1, 2, 3 LIMIT 20
            """);
    }

    // What the waterfall draws; of a trace of thousands of spans nothing else is read.
    private const string Outline = """
        "SpanId", "ParentSpanId", "StartNanos", "EndNanos", "Name", "Service", "Kind", "Failed", "StatusMessage", "ScopeName", "Links"
        """;

    private static Question Trace(string name, string seed, int spans)
    {
#pragma warning disable CA5351 // The generator's way from a number to an id; nothing is protected by it.
        var id = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(seed)));
#pragma warning restore CA5351
        return new Question(
            name,
            async mediator => (await mediator.Send(new ShowTrace(id, Actor.System)).Accepted()).SpanCount is var count && count == spans ? count : throw new InvalidOperationException($"{count} spans"),
            $"""
            SELECT {(spans <= 5_000 ? "*" : Outline)} FROM spans WHERE "TraceId" = '\x{id}' ORDER BY "StartNanos" LIMIT 100000;
            SELECT "Spans", * FROM traces WHERE "TraceId" = '\x{id}';
            SELECT k.*, o.* FROM trace_keys k LEFT JOIN objects o ON o."Key" = k."SpokenKey" WHERE k."TraceId" = '\x{id}';
            SELECT c."Id", c."Number", c."Title" FROM cases c JOIN trace_keys k ON k."SpokenKey" = c."ObjectKey" WHERE k."TraceId" = '\x{id}' LIMIT 100;
            SELECT e."Time", e."System", e."State", e."Amount", e."ErrorMessage" FROM events e JOIN trace_keys k ON k."SpokenKey" = e."SpokenKey" JOIN traces t ON t."TraceId" = k."TraceId"
            WHERE k."TraceId" = '\x{id}' AND e."Time" BETWEEN t."StartedAt" - interval '5 minutes' AND t."EndedAt" + interval '5 minutes' ORDER BY e."Time" LIMIT 30
            """);
    }
}
