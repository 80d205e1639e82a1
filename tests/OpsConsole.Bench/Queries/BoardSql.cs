namespace OpsConsole.Bench.Queries;

/// <summary>What the board shows over so many days of all units, asked by hand: a statement a pane, aggregated in the database.</summary>
internal static class BoardSql
{
    public static string Of(int days) => $"""
        SELECT count(*), count(*) FILTER (WHERE t."NextDueAt" <= now()), count(*) FILTER (WHERE t."Late"), sum(t."Amount") FILTER (WHERE t."NextDueAt" <= now()), date_trunc('day', "StartOrder") FROM transactions t WHERE "Flow" = 'order-to-cash' AND "StartOrder" >= current_date - {days} AND "StartOrder" < current_date + 2 GROUP BY GROUPING SETS ((), (date_trunc('day', "StartOrder"))) ORDER BY 5 NULLS FIRST;
        SELECT m."Name", t."Currency", count(m."ReachedAt"), sum(t."Amount") FILTER (WHERE m."ReachedAt" IS NOT NULL), count(*) FILTER (WHERE m."ReceivedAt" > m."DueAt"), count(*) FILTER (WHERE m."ReachedAt" IS NULL AND m."DueAt" <= now()), count(*)
        FROM transactions t JOIN transaction_milestones m ON m."TransactionKey" = t."Key" WHERE t."Flow" = 'order-to-cash' AND t."StartOrder" >= current_date - {days} AND t."StartOrder" < current_date + 2 GROUP BY 1, 2;
        SELECT date_trunc('day', a."ReachedAt"), count(*), count(*) FILTER (WHERE b."ReachedAt" IS NULL), percentile_disc(ARRAY[0.5, 0.95, 1]) WITHIN GROUP (ORDER BY coalesce(b."ReachedAt", now()) - a."ReachedAt")
        FROM transaction_milestones a JOIN transaction_milestones b ON b."TransactionKey" = a."TransactionKey" AND b."Name" = 'booked-in-erp'
        WHERE a."Flow" = 'order-to-cash' AND a."Name" = 'invoiced' AND a."ReachedAt" >= current_date - {days} AND a."ReachedAt" < current_date + 2 GROUP BY GROUPING SETS ((1), ());
        SELECT "Name", count(*), percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY "ReachedAt" - "PriorAt") FROM transaction_milestones
        WHERE "Flow" = 'order-to-cash' AND "PriorAt" >= current_date - {days} AND "PriorAt" < current_date + 2 AND "Pace" IS NOT NULL GROUP BY 1;
        SELECT count(*), count(*) FILTER (WHERE "NextDueAt" <= now()) FROM transactions WHERE "Flow" = 'order-to-cash' AND "StartOrder" >= current_date - {(2 * days) + 2} AND "StartOrder" < current_date - {days};
        SELECT count(*), percentile_disc(0.95) WITHIN GROUP (ORDER BY coalesce(b."ReachedAt", now()) - a."ReachedAt") FROM transaction_milestones a JOIN transaction_milestones b ON b."TransactionKey" = a."TransactionKey" AND b."Name" = 'booked-in-erp'
        WHERE a."Flow" = 'order-to-cash' AND a."Name" = 'invoiced' AND a."ReachedAt" >= current_date - {(2 * days) + 2} AND a."ReachedAt" < current_date - {days};
        SELECT "Unit", width_bucket(extract(epoch FROM now() - "OpenedAt"), ARRAY[0, 14400, 86400, 259200]), count(*), sum("ReportingAmount") FROM cases WHERE "EndedAt" IS NULL AND "MovedTo" IS NULL GROUP BY 1, 2;
        SELECT "Fingerprint", sum(n), sum(worth) FROM (SELECT "Fingerprint", count(*) AS n, max("ReportingAmount") AS worth FROM cases WHERE "EndedAt" IS NULL AND "MovedTo" IS NULL GROUP BY "Fingerprint", "ObjectKey") one GROUP BY 1;
        SELECT count(*), sum("Amount") FROM transactions t WHERE "CompletedAt" IS NULL AND EXISTS (SELECT FROM object_links l JOIN cases c ON c."ObjectKey" = l."ToKey"
            WHERE l."FromKey" = t."LeadKey" AND c."ObjectType" = 'customer' AND c."Operation" = 'create' AND c."EndedAt" IS NULL AND c."MovedTo" IS NULL);
        SELECT "Unit", "Type", count(*), sum("Amount"), min("DisagreesSince") FROM objects WHERE "Disagrees" GROUP BY 1, 2;
        SELECT DISTINCT "Unit" FROM cases WHERE "EndedAt" IS NULL AND "MovedTo" IS NULL
        """;
}
