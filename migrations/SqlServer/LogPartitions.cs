namespace OpsConsole.Migrations.SqlServer;

/// <summary>
/// The SQL of the migration <c>Logs</c>: the table of logs moves onto the scheme of daily partitions that spans stand on. Where the server has
/// none, it stays in one piece and works as well.
/// </summary>
internal static class LogPartitions
{
    /// <summary>Outside of a transaction, so that a step that fails leaves those before it.</summary>
    public const string Up =
        """
        BEGIN TRY
            IF EXISTS (SELECT 1 FROM sys.partition_schemes WHERE name = 'span_days')
            BEGIN
                EXEC('CREATE UNIQUE CLUSTERED INDEX [PK_logs] ON [logs] ([Key], [Day]) WITH (DROP_EXISTING = ON) ON span_days ([Day])');
                EXEC('CREATE INDEX [IX_logs_TraceId_TimeNanos] ON [logs] ([TraceId], [TimeNanos]) WHERE [TraceId] IS NOT NULL WITH (DROP_EXISTING = ON) ON span_days ([Day])');
            END
        END TRY
        BEGIN CATCH
            PRINT 'Logs stay in one piece: ' + ERROR_MESSAGE();
        END CATCH
        """;
}
