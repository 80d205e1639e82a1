namespace OpsConsole.Migrations.Postgres;

/// <summary>
/// What keeps the past of a table (docs/decisions/0020): a column that says since when a row is known, a table <c>past_NAME_was</c> of former rows with the
/// interval in which they were known, triggers that fill it, and a view <c>past_NAME</c> of what was known at <c>opsconsole.as_of</c>. All of it is read off the
/// catalogue, so <see cref="Renew"/> may run again: a migration that changes a kept table runs <see cref="Loosen"/> before and <see cref="Renew"/> after it.
/// </summary>
internal static class PastSql
{
    private const string AsOf = "current_setting(''opsconsole.as_of'')::timestamptz";

    /// <summary>The tables whose former rows are kept.</summary>
    private const string Kept =
        "'transactions', 'transaction_milestones', 'transaction_objects', 'objects', 'object_states', 'object_links', 'said_names', 'traces', 'trace_keys', 'signals', 'cases', 'case_steps', 'case_tags', "
        + "'case_tickets', 'case_watches', 'case_escalations', 'case_pauses', 'cause_moves', 'payload_versions', 'replay_items', 'replay_attempts', 'flows', 'rates', 'kpi_points', 'batches', 'recovery_objectives', 'annotations'";

    /// <summary>The tables of which nothing ever changes, each with the column that says since when a row is known.</summary>
    private const string Received = "('events', 'ReceivedAt'), ('spans', 'ReceivedAt'), ('logs', 'ReceivedAt'), ('audit', 'At'), ('source_hours', 'Hour')";

    /// <summary>Takes the views away, and the policies of row security (deploy/sql puts them back): a column that one of them looks at can be neither dropped nor changed.</summary>
    public const string Loosen =
        """
        DO $loosen$
        DECLARE shown record;
        BEGIN
            FOR shown IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema() AND policyname IN ('opsconsole_units', 'opsconsole_entities') LOOP
                EXECUTE format('DROP POLICY %I ON %I', shown.policyname, shown.tablename);
            END LOOP;
            FOR shown IN SELECT viewname FROM pg_views WHERE schemaname = current_schema() AND viewname LIKE 'past\_%' LOOP
                EXECUTE format('DROP VIEW %I', shown.viewname);
            END LOOP;
        END $loosen$;
        """;

    public const string Renew =
        $"""
         CREATE TABLE IF NOT EXISTS past_horizon ("From" timestamptz NOT NULL);
         INSERT INTO past_horizon SELECT now() WHERE NOT EXISTS (SELECT 1 FROM past_horizon);
         CREATE OR REPLACE FUNCTION past_stamp() RETURNS trigger LANGUAGE plpgsql AS $stamp$
         BEGIN
             NEW.known_from := GREATEST(OLD.known_from, now());
             RETURN NEW;
         END $stamp$;
         DO $renew$
         DECLARE
             one text;
             was text;
             cols text;
             keys text;
             quiet text;
             col record;
         BEGIN
             FOREACH one IN ARRAY ARRAY[{Kept}] LOOP
                 was := 'past_' || one || '_was';
                 EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS known_from timestamptz NOT NULL DEFAULT now()', one);
                 EXECUTE format('CREATE TABLE IF NOT EXISTS %I AS SELECT *, known_from AS known_to FROM %I WITH NO DATA', was, one);
                 FOR col IN
                     SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS kind, c.collname
                     FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = a.attcollation AND c.collname <> 'default'
                     WHERE a.attrelid = quote_ident(one)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                       AND NOT EXISTS (
                           SELECT 1 FROM pg_attribute b
                           WHERE b.attrelid = quote_ident(was)::regclass AND b.attname = a.attname AND b.atttypid = a.atttypid AND b.atttypmod = a.atttypmod AND NOT b.attisdropped)
                 LOOP
                     EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS %I %s %s', was, col.attname, col.kind, 'COLLATE ' || quote_ident(col.collname));
                     EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE %s %s', was, col.attname, col.kind, 'COLLATE ' || quote_ident(col.collname));
                 END LOOP;

                 SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) INTO cols
                 FROM pg_attribute a WHERE a.attrelid = quote_ident(one)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'known_from';
                 SELECT string_agg(format('%I', a.attname), ', ' ORDER BY k.n) INTO keys
                 FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                 WHERE i.indrelid = quote_ident(one)::regclass AND i.indisprimary;
                 EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (%s)', 'IX_' || was || '_key', was, keys);
                 EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING brin (known_to) WITH (pages_per_range = 32, autosummarize = on)', 'IX_' || was || '_known', was);

                 -- A signal that the case worker has seen says nothing new: only a new version is a change.
                 quiet := CASE one WHEN 'signals' THEN 'Version' END;
                 EXECUTE format('CREATE OR REPLACE TRIGGER past_stamp BEFORE UPDATE ON %I FOR EACH ROW %s EXECUTE FUNCTION past_stamp()',
                     one, CASE WHEN quiet IS NULL THEN '' ELSE format('WHEN (OLD.%I IS DISTINCT FROM NEW.%I)', quiet, quiet) END);
                 EXECUTE format(
                     'CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $keep$ BEGIN INSERT INTO %I (%s, known_from, known_to) SELECT %s, known_from, now() FROM gone WHERE known_from < now() %s; RETURN NULL; END $keep$',
                     'past_keep_' || one, was, cols, cols,
                     CASE WHEN quiet IS NULL THEN '' ELSE format('AND NOT EXISTS (SELECT 1 FROM %I still WHERE still."Id" = gone."Id" AND still.%I = gone.%I)', one, quiet, quiet) END);
                 EXECUTE format('CREATE OR REPLACE TRIGGER past_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION %I()', one, 'past_keep_' || one);
                 EXECUTE format('CREATE OR REPLACE TRIGGER past_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION %I()', one, 'past_keep_' || one);
                 EXECUTE format('DROP VIEW IF EXISTS %I', 'past_' || one);
                 EXECUTE format(
                     'CREATE VIEW %I AS SELECT %s FROM %I WHERE known_from <= {AsOf} UNION ALL SELECT %s FROM %I WHERE known_from <= {AsOf} AND known_to > {AsOf}',
                     'past_' || one, cols, one, cols, was);
             END LOOP;

             FOR col IN SELECT * FROM (VALUES {Received}) AS received(attname, since) LOOP
                 SELECT string_agg(
                     CASE WHEN a.attname = 'LastAt' THEN 'LEAST("LastAt", {AsOf}) AS "LastAt"' ELSE format('%I', a.attname) END, ', ' ORDER BY a.attnum) INTO cols
                 FROM pg_attribute a WHERE a.attrelid = quote_ident(col.attname)::regclass AND a.attnum > 0 AND NOT a.attisdropped;
                 EXECUTE format('DROP VIEW IF EXISTS %I', 'past_' || col.attname);
                 EXECUTE format('CREATE VIEW %I AS SELECT %s FROM %I WHERE %I <= {AsOf}', 'past_' || col.attname, cols, col.attname, col.since);
             END LOOP;
         END $renew$;
         """;

    public const string Drop =
        $"""
         {Loosen}
         DO $drop$
         DECLARE one text;
         BEGIN
             DROP TABLE IF EXISTS past_horizon;
             FOREACH one IN ARRAY ARRAY[{Kept}] LOOP
                 EXECUTE format('DROP TRIGGER IF EXISTS past_stamp ON %I', one);
                 EXECUTE format('DROP TRIGGER IF EXISTS past_update ON %I', one);
                 EXECUTE format('DROP TRIGGER IF EXISTS past_delete ON %I', one);
                 EXECUTE format('DROP FUNCTION IF EXISTS %I()', 'past_keep_' || one);
                 EXECUTE format('DROP TABLE IF EXISTS %I', 'past_' || one || '_was');
                 EXECUTE format('ALTER TABLE %I DROP COLUMN IF EXISTS known_from', one);
             END LOOP;
             DROP FUNCTION IF EXISTS past_stamp();
         END $drop$;
         """;
}
