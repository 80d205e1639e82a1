using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using OpsConsole.Storage.Past;
using OpsConsole.Storage.Rows;

namespace OpsConsole.Postgres;

/// <summary>
/// Row security of PostgreSQL: on each table of <see cref="RowLimits"/> a policy that lets everybody through, and one that holds the role <c>opsconsole_limited</c> to the
/// units that the session names. Nothing named is nothing seen. A second policy holds <c>opsconsole_limited_entities</c> to legal entities in the same way; who is limited to
/// both takes <c>opsconsole_limited_both</c>, which is in both. So a role pays for its own limit only.
/// </summary>
internal static class PostgresRows
{
    private const string Role = "opsconsole_limited";
    private const string EntityRole = "opsconsole_limited_entities";
    private const string BothRole = "opsconsole_limited_both";
    private const string Policy = "opsconsole_units";
    private const string EntityPolicy = "opsconsole_entities";

    // A sub-select is answered once a query, and its answer can be looked up in an index; the bare call would be made for every row.
    private const string Units = "(SELECT string_to_array(current_setting('opsconsole.units', true), E'\\n'))::text[]";

    private const string Entities = "(SELECT string_to_array(current_setting('opsconsole.entities', true), E'\\n'))::text[]";

    /// <summary>The role and the units in one statement: one round trip. A unit with a line break in its name would name two, so it names none.</summary>
    public static void Tell(DbCommand command, Scope scope)
    {
        var role = !scope.ByEntity ? Role : scope.AllUnits ? EntityRole : BothRole;
        var entities = scope.ByEntity ? "set_config('opsconsole.entities', $2, false), " : "";
        command.CommandText = $"SELECT set_config('opsconsole.units', $1, false), {entities}set_config('role', '{role}', false)";
        command.Parameters.Add(new NpgsqlParameter { Value = Lines(scope.Units) });
        if (scope.ByEntity)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Lines(scope.Entities) });
        }
    }

    private static string Lines(string[] names) => string.Join('\n', names.Where(name => !name.Contains('\n', StringComparison.Ordinal)));

    public static async Task<string?> WhyNot(OpsDb db, bool raise, CancellationToken cancellationToken)
    {
        var why = await Look(db, cancellationToken);
        if (why is null || !raise || !await Administers(db, cancellationToken))
        {
            return why;
        }

        await db.Database.ExecuteSqlRawAsync(Script(db), cancellationToken);
        return await Look(db, cancellationToken);
    }

    public static string Script(OpsDb db)
    {
        var script = new StringBuilder(
            $"""
             -- Row security (PostgreSQL 15 or later): the console takes the role {Role} for requests of who is limited to units, {EntityRole} of
             -- who is to legal entities, {BothRole} of who is to both, and the database withholds the rows of others by itself (docs/decisions/0030).
             -- Run as an administrator of the server, connected to the console's database, after postgres.sql and after each "OpsConsole.Web.dll migrate"; running it again changes nothing. The console's user must be exempt and may take the roles:
             --
             --   ALTER ROLE console BYPASSRLS;
             --   GRANT {BothRole} TO console;
             --
             -- This file is made from src/OpsConsole.Core/Storage/Rows/RowLimits.cs; a test holds them together.

             SELECT pg_advisory_lock(7227042026);

             DO $$
             BEGIN
               CREATE ROLE {Role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
             END $$;

             DO $$
             BEGIN
               CREATE ROLE {EntityRole} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
             END $$;

             DO $$
             BEGIN
               CREATE ROLE {BothRole} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS INHERIT IN ROLE {Role}, {EntityRole};
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
             END $$;

             -- Who runs the console works for everybody. A user's own attributes count, not those of the roles that it is in: hence the two lines above.
             DO $$
             BEGIN
               IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'opsconsole_run') THEN
                 ALTER ROLE opsconsole_run BYPASSRLS;
               END IF;
             END $$;

             GRANT USAGE ON SCHEMA public TO {Role}, {EntityRole};
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Role}, {EntityRole};
             REVOKE UPDATE, DELETE ON audit, audit_seals, audit_anchors FROM {Role}, {EntityRole};
             GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {Role}, {EntityRole};

             -- The past is seen by the rules of who looks, not of who made the view.
             DO $$
             DECLARE shown text;
             BEGIN
               FOR shown IN SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'past\_%' LOOP
                 EXECUTE format('ALTER VIEW %I SET (security_invoker = true)', shown);
               END LOOP;
             END $$;

             CREATE FUNCTION pg_temp.limit_rows(name text, condition text, entity text) RETURNS void LANGUAGE plpgsql AS $$
             BEGIN
               EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
               EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
               EXECUTE format('DROP POLICY IF EXISTS opsconsole_all ON %I', name);
               EXECUTE format('DROP POLICY IF EXISTS {Policy} ON %I', name);
               EXECUTE format('DROP POLICY IF EXISTS {EntityPolicy} ON %I', name);
               EXECUTE format('CREATE POLICY opsconsole_all ON %I USING (true) WITH CHECK (true)', name);
               EXECUTE format('CREATE POLICY {Policy} ON %I AS RESTRICTIVE TO {Role} USING (%s)', name, condition);
               EXECUTE format('COMMENT ON POLICY {Policy} ON %I IS %L', name, md5(condition));
               IF entity <> '' THEN
                 EXECUTE format('CREATE POLICY {EntityPolicy} ON %I AS RESTRICTIVE TO {EntityRole} USING (%s)', name, entity);
                 EXECUTE format('COMMENT ON POLICY {EntityPolicy} ON %I IS %L', name, md5(entity));
               END IF;
             END $$;


             """);
        foreach (var (table, condition, entity) in Conditions(db))
        {
            script.Append(CultureInfo.InvariantCulture, $"SELECT pg_temp.limit_rows('{table}', $of${condition}$of$, $of${entity}$of$);\n");
        }

        return script.Append("\nDROP FUNCTION pg_temp.limit_rows;\nSELECT pg_advisory_unlock(7227042026);\n").ToString();
    }

    /// <summary>Each table, former rows' too, with what must hold of a row for who is limited to units, and to legal entities: nothing where the context alone withholds it.</summary>
    private static IEnumerable<(string Table, string Condition, string Entity)> Conditions(OpsDb db)
    {
        foreach (var limit in RowLimits.All)
        {
            foreach (var table in Tables(db, limit.Type))
            {
                yield return (table, Condition(db, limit, table), Entity(db, limit, table));
            }
        }
    }

    private static string Condition(OpsDb db, RowLimit limit, string table) => limit.By switch
    {
        RowOwner.Unit => $"\"{limit.Column}\" = ANY ({Units})",
        RowOwner.UnitOrNobody => $"coalesce(\"{limit.Column}\", '') = '' OR \"{limit.Column}\" = ANY ({Units})",
        RowOwner.Units => $"string_to_array(\"{limit.Column}\", E'\\n') <@ {Units}",
        _ => Hanging(db, limit, table),
    };

    private static string Entity(OpsDb db, RowLimit limit, string table) => limit.ByEntity switch
    {
        EntityOwner.Named => $"\"{EntityLimits.Column}\" = ANY ({Entities})",
        EntityOwner.Nobodys => "false",
        EntityOwner.Parent => Hanging(db, limit, table),
        _ => "",
    };

    private static string Hanging(OpsDb db, RowLimit limit, string table) =>
        string.Join(" OR ", Parents(db, limit, table).Select(parent => $"EXISTS (SELECT FROM {parent} p WHERE p.\"{Key(db, limit.Parent!)}\" = {table}.\"{limit.ParentColumn}\")"));

    // What hung on a row is seen with the row, as it is or as it was.
    private static IEnumerable<string> Parents(OpsDb db, RowLimit limit, string table) => table == limit.Table(db) ? [Kept.TableOf(db, limit.Parent!)] : Tables(db, limit.Parent!);

    private static string[] Tables(OpsDb db, Type type)
    {
        var name = Kept.TableOf(db, type);
        return Kept.Changing.Contains(type) ? [name, $"{Kept.View}{name}{Kept.Was}"] : [name];
    }

    private static string Key(OpsDb db, Type type) => db.Model.FindEntityType(type)!.FindPrimaryKey()!.Properties.Single().Name;

    private static async Task<bool> Administers(OpsDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<bool>($"SELECT rolsuper AS \"Value\" FROM pg_roles WHERE rolname = current_user").SingleAsync(cancellationToken);

    private static async Task<string?> Look(OpsDb db, CancellationToken cancellationToken)
    {
        var roles = await db.Database.SqlQuery<string>(
            $"""
             SELECT CASE
                 WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {BothRole}) THEN 'the database has no role ' || {BothRole}
                 WHEN NOT pg_has_role(session_user, (SELECT oid FROM pg_roles WHERE rolname = {BothRole}), 'MEMBER') THEN 'the user ' || session_user || ' may not take the role ' || {BothRole}
                 WHEN EXISTS (SELECT FROM pg_roles WHERE rolname IN (session_user, current_user) AND NOT rolsuper AND NOT rolbypassrls) THEN 'the user ' || session_user || ' is not exempt itself (BYPASSRLS)'
                 ELSE '' END AS "Value"
             """).SingleAsync(cancellationToken);
        if (roles.Length > 0)
        {
            return roles;
        }

        var (tables, conditions, entities) = (Conditions(db).Select(one => one.Table).ToArray(), Conditions(db).Select(one => one.Condition).ToArray(), Conditions(db).Select(one => one.Entity).ToArray());
        var bare = await db.Database.SqlQuery<string>(
            $"""
             SELECT t.name AS "Value" FROM unnest({tables}, {conditions}, {entities}) AS t(name, condition, entity) LEFT JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.name))
             WHERE NOT coalesce(c.relrowsecurity AND c.relforcerowsecurity, false)
                OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = {Policy} AND obj_description(p.oid, 'pg_policy') = md5(t.condition))
                OR (t.entity <> '' AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = {EntityPolicy} AND obj_description(p.oid, 'pg_policy') = md5(t.entity)))
                OR NOT has_table_privilege({Role}, c.oid, 'SELECT') OR NOT has_table_privilege({EntityRole}, c.oid, 'SELECT')
             UNION ALL
             SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'past\_%'
                AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
             LIMIT 1
             """).ToListAsync(cancellationToken);
        return bare.Count == 0 ? null : $"{bare[0]} has not the policies of this version";
    }
}
