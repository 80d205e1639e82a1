namespace OpsConsole.Migrations.Postgres;

/// <summary>The SQL of the migration <c>SpanDays</c>: the table of spans becomes one of daily partitions, with every row in it.</summary>
internal static class SpanPartitions
{
    private const string Key = "PRIMARY KEY (\"TraceId\", \"SpanId\", \"StartNanos\", \"Day\")";

    /// <summary>Days from long ago or far ahead stay in the default partition.</summary>
    public const string Up =
        $"""
         ALTER TABLE spans RENAME TO spans_whole;
         ALTER INDEX "PK_spans" RENAME TO "PK_spans_whole";
         DROP INDEX "IX_spans_BatchId";
         CREATE TABLE spans (LIKE spans_whole) PARTITION BY RANGE ("Day");
         ALTER TABLE spans ADD CONSTRAINT "PK_spans" {Key};
         CREATE INDEX "IX_spans_BatchId" ON spans ("BatchId");
         CREATE TABLE spans_default PARTITION OF spans DEFAULT;
         DO $days$
         DECLARE
             today date := (now() AT TIME ZONE 'utc')::date;
             one date;
         BEGIN
             FOR one IN
                 SELECT day::date FROM generate_series(today::timestamp, (today + 3)::timestamp, interval '1 day') day
                 UNION SELECT DISTINCT "Day" FROM spans_whole WHERE "Day" BETWEEN today - 400 AND today + 3
             LOOP
                 EXECUTE format('CREATE TABLE %I PARTITION OF spans FOR VALUES FROM (%L) TO (%L)', 'spans_' || to_char(one, 'YYYYMMDD'), one, one + 1);
             END LOOP;
         END $days$;
         INSERT INTO spans SELECT * FROM spans_whole;
         DROP TABLE spans_whole;
         """;

    public const string Down =
        $"""
         CREATE TABLE spans_whole (LIKE spans);
         INSERT INTO spans_whole SELECT * FROM spans;
         DROP TABLE spans;
         ALTER TABLE spans_whole RENAME TO spans;
         ALTER TABLE spans ADD CONSTRAINT "PK_spans" {Key};
         CREATE INDEX "IX_spans_BatchId" ON spans ("BatchId");
         """;
}
