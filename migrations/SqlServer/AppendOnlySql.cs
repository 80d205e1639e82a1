namespace OpsConsole.Migrations.SqlServer;

/// <summary>
/// Refuses to change or take away what the audit says (docs/decisions/0028). Who owns the tables can switch this off: then the chain and its anchors show it. A
/// TRUNCATE needs the right to alter the table and fires no trigger.
/// </summary>
internal static class AppendOnlySql
{
    private const string Tables = "(N'audit'), (N'audit_seals'), (N'audit_anchors'), (N'audit_keys')";

    public const string Guard =
        $"""
         DECLARE @guarded sysname, @guard nvarchar(max);
         DECLARE guarded CURSOR LOCAL STATIC FORWARD_ONLY READ_ONLY FOR SELECT name FROM (VALUES {Tables}) AS guarded (name);
         OPEN guarded;
         FETCH NEXT FROM guarded INTO @guarded;
         WHILE @@FETCH_STATUS = 0
         BEGIN
             SET @guard = N'CREATE OR ALTER TRIGGER ' + QUOTENAME(N'append_only_' + @guarded) + N' ON ' + QUOTENAME(@guarded) + N' INSTEAD OF UPDATE, DELETE AS
         BEGIN
             THROW 51028, N''Rows of ' + @guarded + N' are never changed or deleted'', 1;
         END';
             EXEC (@guard);
             FETCH NEXT FROM guarded INTO @guarded;
         END;
         CLOSE guarded;
         DEALLOCATE guarded;
         """;

    public const string Drop =
        $"""
         DECLARE @unguard nvarchar(max) = N'';
         SELECT @unguard += N'DROP TRIGGER ' + QUOTENAME(N'append_only_' + name) + N'; ' FROM (VALUES {Tables}) AS guarded (name) WHERE OBJECT_ID(N'append_only_' + name) IS NOT NULL;
         EXEC (@unguard);
         """;
}
