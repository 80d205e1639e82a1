namespace OpsConsole.Migrations.Postgres;

/// <summary>Refuses to change or take away what the audit says (docs/decisions/0028). Who owns the tables can switch this off: then the chain and its anchors show it.</summary>
internal static class AppendOnlySql
{
    private const string Tables = "'audit', 'audit_seals', 'audit_anchors', 'audit_keys'";

    public const string Guard =
        $"""
         CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $refuse$
         BEGIN
             RAISE EXCEPTION 'Rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
         END $refuse$;
         DO $guard$
         DECLARE one text;
         BEGIN
             FOREACH one IN ARRAY ARRAY[{Tables}] LOOP
                 EXECUTE format('CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()', one);
             END LOOP;
         END $guard$;
         """;

    public const string Drop =
        $"""
         DO $drop$
         DECLARE one text;
         BEGIN
             FOREACH one IN ARRAY ARRAY[{Tables}] LOOP
                 EXECUTE format('DROP TRIGGER IF EXISTS audit_append_only ON %I', one);
             END LOOP;
             DROP FUNCTION IF EXISTS audit_append_only();
         END $drop$;
         """;
}
