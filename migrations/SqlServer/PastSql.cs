namespace OpsConsole.Migrations.SqlServer;

/// <summary>
/// What keeps the past of a table (docs/decisions/0020): a column that says since when a row is known, a table <c>past_NAME_was</c> of former rows with the
/// interval in which they were known, a trigger that fills it, and a view <c>past_NAME</c> of what was known at <c>opsconsole.as_of</c>. All of it is read off the
/// catalogue, so <see cref="Renew"/> may run again: a migration that changes a kept table runs <see cref="Loosen"/> before and <see cref="Renew"/> after it. No
/// system-versioned tables: they refuse the later of two writers when it began earlier.
/// </summary>
internal static class PastSql
{
    private const string AsOf = "CAST(SESSION_CONTEXT(N''opsconsole.as_of'') AS datetimeoffset(7))";

    /// <summary>The tables whose former rows are kept.</summary>
    private const string Kept =
        "(N'transactions'), (N'transaction_milestones'), (N'transaction_objects'), (N'objects'), (N'object_states'), (N'object_links'), (N'said_names'), (N'traces'), (N'trace_keys'), (N'signals'), (N'cases'), "
        + "(N'case_steps'), (N'case_tags'), (N'case_tickets'), (N'case_watches'), (N'case_escalations'), (N'case_pauses'), (N'cause_moves'), (N'payload_versions'), (N'replay_items'), (N'replay_attempts'), "
        + "(N'flows'), (N'rates'), (N'kpi_points'), (N'batches'), (N'recovery_objectives'), (N'annotations')";

    /// <summary>The tables of which nothing ever changes, each with the column that says since when a row is known.</summary>
    private const string Received = "(N'events', N'ReceivedAt'), (N'spans', N'ReceivedAt'), (N'logs', N'ReceivedAt'), (N'audit', N'At'), (N'source_hours', N'Hour')";

    /// <summary>Takes the views and triggers away while tables change, and row security (deploy/sql puts it back).</summary>
    public const string Loosen =
        """
        DROP SECURITY POLICY IF EXISTS opsconsole_units;
        DECLARE @loosen nvarchar(max) = N'';
        SELECT @loosen += N'DROP VIEW ' + QUOTENAME(v.name) + N'; ' FROM sys.views v WHERE v.name LIKE N'past[_]%' AND v.schema_id = SCHEMA_ID();
        SELECT @loosen += N'DROP TRIGGER ' + QUOTENAME(t.name) + N'; ' FROM sys.triggers t WHERE t.name LIKE N'past[_]keep[_]%';
        SELECT @loosen += N'DROP FUNCTION ' + QUOTENAME(f.name) + N'; ' FROM sys.objects f WHERE f.type = 'IF' AND f.schema_id = SCHEMA_ID() AND f.name LIKE N'opsconsole[_]sees%';
        EXEC (@loosen);
        """;

    public const string Renew =
        $"""
         IF OBJECT_ID(N'past_horizon') IS NULL EXEC (N'CREATE TABLE past_horizon ([From] datetimeoffset(7) NOT NULL); INSERT INTO past_horizon VALUES (SYSUTCDATETIME());');
         DECLARE @one sysname, @was sysname, @since sysname, @sql nvarchar(max), @cols nvarchar(max), @defined nvarchar(max), @keys nvarchar(max), @match nvarchar(max), @quiet nvarchar(max);
         DECLARE kept CURSOR LOCAL STATIC FORWARD_ONLY READ_ONLY FOR SELECT name FROM (VALUES {Kept}) AS kept (name);
         OPEN kept;
         FETCH NEXT FROM kept INTO @one;
         WHILE @@FETCH_STATUS = 0
         BEGIN
             SET @was = N'past_' + @one + N'_was';
             IF COL_LENGTH(@one, N'known_from') IS NULL
             BEGIN
                 SET @sql = N'ALTER TABLE ' + QUOTENAME(@one) + N' ADD known_from datetimeoffset(7) NOT NULL CONSTRAINT ' + QUOTENAME(N'DF_' + @one + N'_known') + N' DEFAULT SYSUTCDATETIME()';
                 EXEC (@sql);
             END;

             IF OBJECT_ID(@was) IS NULL
             BEGIN
                 SET @sql = N'CREATE TABLE ' + QUOTENAME(@was) + N' (known_from datetimeoffset(7) NOT NULL, known_to datetimeoffset(7) NOT NULL, INDEX ' + QUOTENAME(N'IX_' + @was + N'_known') + N' CLUSTERED (known_to))';
                 EXEC (@sql);
             END;

             SELECT @defined = STRING_AGG(CAST(QUOTENAME(c.name) + N' ' + t.name
                     + CASE WHEN t.name IN (N'nvarchar', N'nchar') THEN N'(' + CASE WHEN c.max_length = -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')'
                            WHEN t.name IN (N'varchar', N'char', N'varbinary', N'binary') THEN N'(' + CASE WHEN c.max_length = -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')'
                            WHEN t.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N', ' + CAST(c.scale AS nvarchar(10)) + N')'
                            WHEN t.name IN (N'datetimeoffset', N'datetime2', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')'
                            ELSE N'' END
                     + ISNULL(N' COLLATE ' + c.collation_name, N'') + N' NULL' AS nvarchar(max)), N'|') WITHIN GROUP (ORDER BY c.column_id)
             FROM sys.columns c JOIN sys.types t ON t.user_type_id = c.user_type_id
             LEFT JOIN sys.columns b ON b.object_id = OBJECT_ID(@was) AND b.name = c.name
             WHERE c.object_id = OBJECT_ID(@one) AND c.name <> N'known_from'
               AND (b.name IS NULL OR b.user_type_id <> c.user_type_id OR b.max_length <> c.max_length OR b.precision <> c.precision OR b.scale <> c.scale);
             SET @sql = N'';
             SELECT @sql += N'ALTER TABLE ' + QUOTENAME(@was)
                 + CASE WHEN COL_LENGTH(@was, SUBSTRING(s.value, 2, CHARINDEX(N']', s.value) - 2)) IS NULL THEN N' ADD ' ELSE N' ALTER COLUMN ' END + s.value + N'; '
             FROM STRING_SPLIT(@defined, N'|') s WHERE s.value <> N'';
             EXEC (@sql);

             SELECT @cols = STRING_AGG(CAST(QUOTENAME(c.name) AS nvarchar(max)), N', ') WITHIN GROUP (ORDER BY c.column_id)
             FROM sys.columns c WHERE c.object_id = OBJECT_ID(@one) AND c.name <> N'known_from';
             SELECT @keys = STRING_AGG(CAST(QUOTENAME(c.name) AS nvarchar(max)), N', ') WITHIN GROUP (ORDER BY k.key_ordinal),
                    @match = STRING_AGG(CAST(N't.' + QUOTENAME(c.name) + N' = i.' + QUOTENAME(c.name) AS nvarchar(max)), N' AND ') WITHIN GROUP (ORDER BY k.key_ordinal)
             FROM sys.indexes x JOIN sys.index_columns k ON k.object_id = x.object_id AND k.index_id = x.index_id JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
             WHERE x.object_id = OBJECT_ID(@one) AND x.is_primary_key = 1 AND k.key_ordinal > 0;
             IF NOT EXISTS (SELECT 1 FROM sys.indexes x WHERE x.object_id = OBJECT_ID(@was) AND x.name = N'IX_' + @was + N'_key')
             BEGIN
                 SET @sql = N'CREATE INDEX ' + QUOTENAME(N'IX_' + @was + N'_key') + N' ON ' + QUOTENAME(@was) + N' (' + @keys + N')';
                 EXEC (@sql);
             END;

             -- A signal that the case worker has seen says nothing new: only a new version is a change.
             SET @quiet = CASE WHEN @one = N'signals' THEN N' AND NOT EXISTS (SELECT 1 FROM inserted n WHERE n.[Id] = d.[Id] AND n.[Version] = d.[Version])' ELSE N'' END;
             SET @sql = N'CREATE OR ALTER TRIGGER ' + QUOTENAME(N'past_keep_' + @one) + N' ON ' + QUOTENAME(@one) + N' AFTER UPDATE, DELETE AS
         BEGIN
             SET NOCOUNT ON;
             IF TRIGGER_NESTLEVEL(OBJECT_ID(N''past_keep_' + @one + N''')) > 1 OR NOT EXISTS (SELECT 1 FROM deleted) RETURN;
             DECLARE @now datetimeoffset(7) = SYSUTCDATETIME();
             INSERT INTO ' + QUOTENAME(@was) + N' (' + @cols + N', known_from, known_to)
             SELECT ' + @cols + N', known_from, @now FROM deleted d WHERE d.known_from < @now' + @quiet + N';
             UPDATE t SET known_from = @now FROM ' + QUOTENAME(@one) + N' t JOIN inserted i ON ' + @match
                 + CASE WHEN @quiet = N'' THEN N'' ELSE N' JOIN deleted d ON d.[Id] = i.[Id] AND d.[Version] <> i.[Version]' END + N' WHERE t.known_from < @now;
         END';
             EXEC (@sql);
             SET @sql = N'CREATE OR ALTER VIEW ' + QUOTENAME(N'past_' + @one) + N' AS SELECT ' + @cols + N' FROM ' + QUOTENAME(@one) + N' WHERE known_from <= {AsOf} UNION ALL SELECT ' + @cols
                 + N' FROM ' + QUOTENAME(@was) + N' WHERE known_from <= {AsOf} AND known_to > {AsOf}';
             EXEC (@sql);
             FETCH NEXT FROM kept INTO @one;
         END;
         CLOSE kept;
         DEALLOCATE kept;

         DECLARE received CURSOR LOCAL STATIC FORWARD_ONLY READ_ONLY FOR SELECT name, since FROM (VALUES {Received}) AS received (name, since);
         OPEN received;
         FETCH NEXT FROM received INTO @one, @since;
         WHILE @@FETCH_STATUS = 0
         BEGIN
             SELECT @cols = STRING_AGG(CAST(CASE WHEN c.name = N'LastAt' THEN N'CASE WHEN [LastAt] > {AsOf} THEN {AsOf} ELSE [LastAt] END AS [LastAt]' ELSE QUOTENAME(c.name) END AS nvarchar(max)), N', ')
                 WITHIN GROUP (ORDER BY c.column_id)
             FROM sys.columns c WHERE c.object_id = OBJECT_ID(@one);
             SET @sql = N'CREATE OR ALTER VIEW ' + QUOTENAME(N'past_' + @one) + N' AS SELECT ' + @cols + N' FROM ' + QUOTENAME(@one) + N' WHERE ' + QUOTENAME(@since) + N' <= {AsOf}';
             EXEC (@sql);
             FETCH NEXT FROM received INTO @one, @since;
         END;
         CLOSE received;
         DEALLOCATE received;
         """;

    public const string Drop =
        $"""
         {Loosen}
         DECLARE @drop nvarchar(max) = N'';
         SELECT @drop += N'DROP TABLE ' + QUOTENAME(t.name) + N'; ' FROM sys.tables t WHERE t.schema_id = SCHEMA_ID() AND (t.name = N'past_horizon' OR t.name LIKE N'past[_]%[_]was');
         SELECT @drop += N'ALTER TABLE ' + QUOTENAME(t.name) + N' DROP CONSTRAINT ' + QUOTENAME(N'DF_' + t.name + N'_known') + N'; ALTER TABLE ' + QUOTENAME(t.name) + N' DROP COLUMN known_from; '
         FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id AND c.name = N'known_from' WHERE t.schema_id = SCHEMA_ID() AND t.name NOT LIKE N'past[_]%';
         EXEC (@drop);
         """;
}
