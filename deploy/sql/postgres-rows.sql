-- Row security (PostgreSQL 15 or later): the console takes the role opsconsole_limited for requests of who is limited to units, opsconsole_limited_entities of
-- who is to legal entities, opsconsole_limited_both of who is to both, and the database withholds the rows of others by itself (docs/decisions/0030).
-- Run as an administrator of the server, connected to the console's database, after postgres.sql and after each "OpsConsole.Web.dll migrate"; running it again changes nothing. The console's user must be exempt and may take the roles:
--
--   ALTER ROLE console BYPASSRLS;
--   GRANT opsconsole_limited_both TO console;
--
-- This file is made from src/OpsConsole.Core/Storage/Rows/RowLimits.cs; a test holds them together.

SELECT pg_advisory_lock(7227042026);

DO $$
BEGIN
  CREATE ROLE opsconsole_limited NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

DO $$
BEGIN
  CREATE ROLE opsconsole_limited_entities NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

DO $$
BEGIN
  CREATE ROLE opsconsole_limited_both NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS INHERIT IN ROLE opsconsole_limited, opsconsole_limited_entities;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- Who runs the console works for everybody. A user's own attributes count, not those of the roles that it is in: hence the two lines above.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'opsconsole_run') THEN
    ALTER ROLE opsconsole_run BYPASSRLS;
  END IF;
END $$;

GRANT USAGE ON SCHEMA public TO opsconsole_limited, opsconsole_limited_entities;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO opsconsole_limited, opsconsole_limited_entities;
REVOKE UPDATE, DELETE ON audit, audit_seals, audit_anchors FROM opsconsole_limited, opsconsole_limited_entities;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO opsconsole_limited, opsconsole_limited_entities;

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
  EXECUTE format('DROP POLICY IF EXISTS opsconsole_units ON %I', name);
  EXECUTE format('DROP POLICY IF EXISTS opsconsole_entities ON %I', name);
  EXECUTE format('CREATE POLICY opsconsole_all ON %I USING (true) WITH CHECK (true)', name);
  EXECUTE format('CREATE POLICY opsconsole_units ON %I AS RESTRICTIVE TO opsconsole_limited USING (%s)', name, condition);
  EXECUTE format('COMMENT ON POLICY opsconsole_units ON %I IS %L', name, md5(condition));
  IF entity <> '' THEN
    EXECUTE format('CREATE POLICY opsconsole_entities ON %I AS RESTRICTIVE TO opsconsole_limited_entities USING (%s)', name, entity);
    EXECUTE format('COMMENT ON POLICY opsconsole_entities ON %I IS %L', name, md5(entity));
  END IF;
END $$;

SELECT pg_temp.limit_rows('cases', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('past_cases_was', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('signals', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('past_signals_was', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('objects', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('past_objects_was', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('transactions', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('past_transactions_was', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('bulk_items', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = bulk_items."CaseId")$of$);
SELECT pg_temp.limit_rows('kpi_points', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$false$of$);
SELECT pg_temp.limit_rows('past_kpi_points_was', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$false$of$);
SELECT pg_temp.limit_rows('kpi_hours', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('feeds', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$false$of$);
SELECT pg_temp.limit_rows('feed_quarters', $of$"Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$false$of$);
SELECT pg_temp.limit_rows('audit', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$$of$);
SELECT pg_temp.limit_rows('annotations', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$$of$);
SELECT pg_temp.limit_rows('past_annotations_was', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$$of$);
SELECT pg_temp.limit_rows('snapshots', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$"LegalEntity" = ANY ((SELECT string_to_array(current_setting('opsconsole.entities', true), E'\n'))::text[])$of$);
SELECT pg_temp.limit_rows('notices', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$$of$);
SELECT pg_temp.limit_rows('notice_items', $of$coalesce("Unit", '') = '' OR "Unit" = ANY ((SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[])$of$, $of$$of$);
SELECT pg_temp.limit_rows('bulks', $of$string_to_array("Units", E'\n') <@ (SELECT string_to_array(current_setting('opsconsole.units', true), E'\n'))::text[]$of$, $of$$of$);
SELECT pg_temp.limit_rows('case_steps', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_steps."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_steps."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_steps_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_steps_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_steps_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_steps_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_steps_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_tags', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_tags."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_tags."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_tags_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_tags_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_tags_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_tags_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_tags_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_tickets', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_tickets."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_tickets."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_tickets_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_tickets_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_tickets_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_tickets_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_tickets_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_watches', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_watches."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_watches."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_watches_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_watches_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_watches_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_watches_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_watches_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_escalations', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_escalations."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_escalations."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_escalations_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_escalations_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_escalations_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_escalations_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_escalations_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_pauses', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_pauses."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_pauses."CaseId")$of$);
SELECT pg_temp.limit_rows('past_case_pauses_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_pauses_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_pauses_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_case_pauses_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_case_pauses_was."CaseId")$of$);
SELECT pg_temp.limit_rows('case_presences', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_presences."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = case_presences."CaseId")$of$);
SELECT pg_temp.limit_rows('payload_versions', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = payload_versions."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = payload_versions."CaseId")$of$);
SELECT pg_temp.limit_rows('past_payload_versions_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_payload_versions_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_payload_versions_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_payload_versions_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_payload_versions_was."CaseId")$of$);
SELECT pg_temp.limit_rows('repair_drafts', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = repair_drafts."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = repair_drafts."CaseId")$of$);
SELECT pg_temp.limit_rows('replay_items', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = replay_items."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = replay_items."CaseId")$of$);
SELECT pg_temp.limit_rows('past_replay_items_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_replay_items_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_replay_items_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_replay_items_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_replay_items_was."CaseId")$of$);
SELECT pg_temp.limit_rows('replay_attempts', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = replay_attempts."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = replay_attempts."CaseId")$of$);
SELECT pg_temp.limit_rows('past_replay_attempts_was', $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_replay_attempts_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_replay_attempts_was."CaseId")$of$, $of$EXISTS (SELECT FROM cases p WHERE p."Id" = past_replay_attempts_was."CaseId") OR EXISTS (SELECT FROM past_cases_was p WHERE p."Id" = past_replay_attempts_was."CaseId")$of$);
SELECT pg_temp.limit_rows('transaction_milestones', $of$EXISTS (SELECT FROM transactions p WHERE p."Key" = transaction_milestones."TransactionKey")$of$, $of$EXISTS (SELECT FROM transactions p WHERE p."Key" = transaction_milestones."TransactionKey")$of$);
SELECT pg_temp.limit_rows('past_transaction_milestones_was', $of$EXISTS (SELECT FROM transactions p WHERE p."Key" = past_transaction_milestones_was."TransactionKey") OR EXISTS (SELECT FROM past_transactions_was p WHERE p."Key" = past_transaction_milestones_was."TransactionKey")$of$, $of$EXISTS (SELECT FROM transactions p WHERE p."Key" = past_transaction_milestones_was."TransactionKey") OR EXISTS (SELECT FROM past_transactions_was p WHERE p."Key" = past_transaction_milestones_was."TransactionKey")$of$);
SELECT pg_temp.limit_rows('transaction_objects', $of$EXISTS (SELECT FROM objects p WHERE p."Key" = transaction_objects."ObjectKey")$of$, $of$EXISTS (SELECT FROM objects p WHERE p."Key" = transaction_objects."ObjectKey")$of$);
SELECT pg_temp.limit_rows('past_transaction_objects_was', $of$EXISTS (SELECT FROM objects p WHERE p."Key" = past_transaction_objects_was."ObjectKey") OR EXISTS (SELECT FROM past_objects_was p WHERE p."Key" = past_transaction_objects_was."ObjectKey")$of$, $of$EXISTS (SELECT FROM objects p WHERE p."Key" = past_transaction_objects_was."ObjectKey") OR EXISTS (SELECT FROM past_objects_was p WHERE p."Key" = past_transaction_objects_was."ObjectKey")$of$);
SELECT pg_temp.limit_rows('object_states', $of$EXISTS (SELECT FROM objects p WHERE p."Key" = object_states."ObjectKey")$of$, $of$EXISTS (SELECT FROM objects p WHERE p."Key" = object_states."ObjectKey")$of$);
SELECT pg_temp.limit_rows('past_object_states_was', $of$EXISTS (SELECT FROM objects p WHERE p."Key" = past_object_states_was."ObjectKey") OR EXISTS (SELECT FROM past_objects_was p WHERE p."Key" = past_object_states_was."ObjectKey")$of$, $of$EXISTS (SELECT FROM objects p WHERE p."Key" = past_object_states_was."ObjectKey") OR EXISTS (SELECT FROM past_objects_was p WHERE p."Key" = past_object_states_was."ObjectKey")$of$);

DROP FUNCTION pg_temp.limit_rows;
SELECT pg_advisory_unlock(7227042026);
