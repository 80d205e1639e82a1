namespace OpsConsole.Migrations.Postgres;

/// <summary>The SQL of the migration <c>Logs</c>: the empty table of logs becomes one of daily partitions, as that of spans is.</summary>
internal static class LogPartitions
{
    /// <summary>Days from long ago or far ahead stay in the default partition.</summary>
    public const string Up =
        """
        ALTER TABLE logs RENAME TO logs_whole;
        CREATE TABLE logs (LIKE logs_whole) PARTITION BY RANGE ("Day");
        DROP TABLE logs_whole;
        ALTER TABLE logs ADD CONSTRAINT "PK_logs" PRIMARY KEY ("Key", "Day");
        CREATE INDEX "IX_logs_TraceId_TimeNanos" ON logs ("TraceId", "TimeNanos") WHERE "TraceId" IS NOT NULL;
        CREATE TABLE logs_default PARTITION OF logs DEFAULT;
        DO $days$
        DECLARE
            today date := (now() AT TIME ZONE 'utc')::date;
            one date;
        BEGIN
            FOR one IN SELECT day::date FROM generate_series(today::timestamp, (today + 3)::timestamp, interval '1 day') day
            LOOP
                EXECUTE format('CREATE TABLE %I PARTITION OF logs FOR VALUES FROM (%L) TO (%L)', 'logs_' || to_char(one, 'YYYYMMDD'), one, one + 1);
            END LOOP;
        END $days$;
        """;
}
