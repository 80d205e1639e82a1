namespace OpsConsole.Migrations.SqlServer;

/// <summary>
/// The SQL of the migration <c>SpanDays</c>: the table of spans moves onto a scheme of daily partitions. Each step is one statement that is done
/// whole or not at all, and the first ones fail on servers without partitions; there the table stays in one piece and works as well.
/// </summary>
internal static class SpanPartitions
{
    /// <summary>Outside of a transaction, so that a step that fails leaves those before it.</summary>
    public const string Up =
        """
        BEGIN TRY
            IF NOT EXISTS (SELECT 1 FROM sys.partition_functions WHERE name = 'span_days')
                EXEC('CREATE PARTITION FUNCTION span_days (date) AS RANGE RIGHT FOR VALUES ()');
            IF NOT EXISTS (SELECT 1 FROM sys.partition_schemes WHERE name = 'span_days')
                EXEC('CREATE PARTITION SCHEME span_days AS PARTITION span_days ALL TO ([PRIMARY])');
            EXEC('CREATE UNIQUE CLUSTERED INDEX [PK_spans] ON [spans] ([TraceId], [SpanId], [StartNanos], [Day]) WITH (DROP_EXISTING = ON) ON span_days ([Day])');
            EXEC('CREATE INDEX [IX_spans_BatchId] ON [spans] ([BatchId]) WITH (DROP_EXISTING = ON) ON span_days ([Day])');
        END TRY
        BEGIN CATCH
            PRINT 'Spans stay in one piece: ' + ERROR_MESSAGE();
        END CATCH
        """;

    public const string Down =
        """
        IF EXISTS (SELECT 1 FROM sys.partition_schemes WHERE name = 'span_days')
        BEGIN
            EXEC('CREATE INDEX [IX_spans_BatchId] ON [spans] ([BatchId]) WITH (DROP_EXISTING = ON) ON [PRIMARY]');
            EXEC('CREATE UNIQUE CLUSTERED INDEX [PK_spans] ON [spans] ([TraceId], [SpanId], [StartNanos], [Day]) WITH (DROP_EXISTING = ON) ON [PRIMARY]');
            EXEC('DROP PARTITION SCHEME span_days');
            EXEC('DROP PARTITION FUNCTION span_days');
        END
        """;
}
