-- Three roles with the least rights that each needs (PostgreSQL 15 or later). Run as an administrator of the server, connected to the console's
-- database, once before and once after each "OpsConsole.Web.dll migrate"; running it again changes nothing.
--
--   opsconsole_migrate   owns the tables and changes them; used by "migrate" only, never by a console that serves
--   opsconsole_run       reads and writes rows; cannot change, drop or disable a table, nor rewrite the audit; owns nothing but the days of spans
--                        and logs, which come and go as partitions
--   opsconsole_read      reads what reports need; no keys, no secrets, no passwords, no payloads
--
-- They cannot sign in by themselves: make a user for each and grant the role, with a password of your own:
--
--   CREATE ROLE console LOGIN PASSWORD '…' IN ROLE opsconsole_run;      -- with postgres-rows.sql also BYPASSRLS, and IN ROLE opsconsole_limited
--   ALTER ROLE console SET ROLE opsconsole_run;         -- so that the partitions it makes belong to the role

DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['opsconsole_migrate', 'opsconsole_run', 'opsconsole_read'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
    END IF;
  END LOOP;
END $$;

-- Who migrates may also change the tables of spans and logs.
GRANT opsconsole_run TO opsconsole_migrate;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO opsconsole_migrate, opsconsole_run;
GRANT USAGE ON SCHEMA public TO opsconsole_read;

ALTER DEFAULT PRIVILEGES FOR ROLE opsconsole_migrate IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO opsconsole_run;
ALTER DEFAULT PRIVILEGES FOR ROLE opsconsole_migrate IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO opsconsole_run;

-- What is there already.
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT c.oid::regclass AS name, c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S') LOOP
    IF found.relname ~ '^(spans|logs)(_default|_[0-9]{8})?$' THEN
      EXECUTE format('ALTER TABLE %s OWNER TO opsconsole_run', found.name);
    ELSIF found.relkind = 'S' THEN
      -- A sequence that belongs to a column follows its table.
      IF NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = found.name::oid AND d.deptype IN ('a', 'i')) THEN
        EXECUTE format('ALTER SEQUENCE %s OWNER TO opsconsole_migrate', found.name);
      END IF;
      EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO opsconsole_run', found.name);
    ELSE
      EXECUTE format('ALTER %s %s OWNER TO opsconsole_migrate', CASE found.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, found.name);
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO opsconsole_run', found.name);
      EXECUTE format('REVOKE TRUNCATE, REFERENCES, TRIGGER ON %s FROM opsconsole_run', found.name);
    END IF;

    -- What was done stays as it was told.
    IF found.relname IN ('audit', 'audit_seals', 'audit_anchors') THEN
      EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM opsconsole_run', found.name);
    END IF;

    IF found.relkind IN ('r', 'p', 'v') THEN
      EXECUTE format('REVOKE ALL ON %s FROM opsconsole_read', found.name);
      IF found.relname IN ('cases', 'case_steps', 'objects', 'object_states', 'object_links', 'transactions', 'transaction_milestones', 'transaction_objects',
                           'kpi_points', 'kpi_hours', 'rates', 'sources', 'source_hours', 'intake_counts', 'audit', 'flows', 'queues') THEN
        EXECUTE format('GRANT SELECT ON %s TO opsconsole_read', found.name);
      END IF;
    END IF;
  END LOOP;

  -- Of a source everything but the secrets of its web-hooks.
  IF to_regclass('public.sources') IS NOT NULL THEN
    REVOKE SELECT ON sources FROM opsconsole_read;
    GRANT SELECT ("Id", "Name", "Scopes", "Units", "CreatedAt", "Disabled") ON sources TO opsconsole_read;
  END IF;
END $$;

-- The functions and triggers of the migrations.
DO $$
DECLARE found regprocedure;
BEGIN
  FOR found IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO opsconsole_migrate', found);
  END LOOP;
END $$;
