-- Row security (SQL Server 2019 or later): the console names the units and legal entities of who asks in the session's context, and the database withholds
-- the rows of others by itself (docs/decisions/0030). A session that names none is the console itself and sees all. Run as an administrator in the console's database after
-- sqlserver.sql and after each "OpsConsole.Web.dll migrate"; running it again changes nothing.
--
-- This file is made from src/OpsConsole.Core/Storage/Rows/RowLimits.cs; a test holds them together.

DROP SECURITY POLICY IF EXISTS dbo.opsconsole_units;
GO
DECLARE @drop nvarchar(max) = N'';
SELECT @drop += N'DROP FUNCTION dbo.' + QUOTENAME(name) + N'; ' FROM sys.objects WHERE type = 'IF' AND schema_id = SCHEMA_ID('dbo') AND name LIKE N'opsconsole[_]sees%';
EXEC (@drop);
GO
CREATE FUNCTION dbo.opsconsole_sees (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE SESSION_CONTEXT(N'opsconsole.units') IS NULL OR @unit COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)));
GO
CREATE FUNCTION dbo.opsconsole_sees_entity (@unit nvarchar(4000), @entity nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR @unit COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10))))
    AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR @entity COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10))));
GO
CREATE FUNCTION dbo.opsconsole_sees_together (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE SESSION_CONTEXT(N'opsconsole.entities') IS NULL
    AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR @unit COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10))));
GO
CREATE FUNCTION dbo.opsconsole_sees_nobodys (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE @unit IS NULL OR @unit = N'' OR SESSION_CONTEXT(N'opsconsole.units') IS NULL OR @unit COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)));
GO
CREATE FUNCTION dbo.opsconsole_sees_nobodys_entity (@unit nvarchar(4000), @entity nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (@unit IS NULL OR @unit = N'' OR SESSION_CONTEXT(N'opsconsole.units') IS NULL OR @unit COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10))))
    AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR @entity COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10))));
GO
CREATE FUNCTION dbo.opsconsole_sees_all (@units nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE SESSION_CONTEXT(N'opsconsole.units') IS NULL
    OR NOT EXISTS (SELECT 1 FROM STRING_SPLIT(@units, NCHAR(10)) wanted WHERE wanted.value COLLATE Latin1_General_100_BIN2
      NOT IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10))));
GO
CREATE FUNCTION dbo.opsconsole_sees_cases (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.cases p WHERE p.[Id] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE FUNCTION dbo.opsconsole_sees_cases_was (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.cases p WHERE p.[Id] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10))))) OR EXISTS (SELECT 1 FROM dbo.past_cases_was p WHERE p.[Id] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE FUNCTION dbo.opsconsole_sees_transactions (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.transactions p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE FUNCTION dbo.opsconsole_sees_transactions_was (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.transactions p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10))))) OR EXISTS (SELECT 1 FROM dbo.past_transactions_was p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE FUNCTION dbo.opsconsole_sees_objects (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.objects p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE FUNCTION dbo.opsconsole_sees_objects_was (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN
  SELECT 1 AS sees WHERE (SESSION_CONTEXT(N'opsconsole.units') IS NULL AND SESSION_CONTEXT(N'opsconsole.entities') IS NULL) OR EXISTS (SELECT 1 FROM dbo.objects p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10))))) OR EXISTS (SELECT 1 FROM dbo.past_objects_was p WHERE p.[Key] = @key AND (SESSION_CONTEXT(N'opsconsole.units') IS NULL OR p.[Unit] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000)), NCHAR(10)))) AND (SESSION_CONTEXT(N'opsconsole.entities') IS NULL OR p.[LegalEntity] COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT(CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000)), NCHAR(10)))));
GO
CREATE SECURITY POLICY dbo.opsconsole_units
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.cases,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.cases AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.cases AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_cases_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_cases_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_cases_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.signals,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.signals AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.signals AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_signals_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_signals_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_signals_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.objects,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.objects AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.objects AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_objects_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_objects_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_objects_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.transactions,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.transactions AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.transactions AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_transactions_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_transactions_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.past_transactions_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees([Unit]) ON dbo.bulk_items,
  ADD BLOCK PREDICATE dbo.opsconsole_sees([Unit]) ON dbo.bulk_items AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees([Unit]) ON dbo.bulk_items AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.kpi_points,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.kpi_points AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.kpi_points AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.past_kpi_points_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.past_kpi_points_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.past_kpi_points_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.kpi_hours,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.kpi_hours AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_entity([Unit], [LegalEntity]) ON dbo.kpi_hours AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feeds,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feeds AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feeds AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feed_quarters,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feed_quarters AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_together([Unit]) ON dbo.feed_quarters AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.audit,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.audit AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.audit AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.annotations,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.annotations AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.annotations AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.past_annotations_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.past_annotations_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.past_annotations_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys_entity([Unit], [LegalEntity]) ON dbo.snapshots,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys_entity([Unit], [LegalEntity]) ON dbo.snapshots AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys_entity([Unit], [LegalEntity]) ON dbo.snapshots AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notices,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notices AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notices AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notice_items,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notice_items AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_nobodys([Unit]) ON dbo.notice_items AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_all([Units]) ON dbo.bulks,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_all([Units]) ON dbo.bulks AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_all([Units]) ON dbo.bulks AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_steps,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_steps AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_steps AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_steps_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_steps_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_steps_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tags,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tags AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tags AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tags_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tags_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tags_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tickets,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tickets AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_tickets AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tickets_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tickets_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_tickets_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_watches,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_watches AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_watches AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_watches_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_watches_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_watches_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_escalations,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_escalations AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_escalations AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_escalations_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_escalations_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_escalations_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_pauses,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_pauses AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_pauses AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_pauses_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_pauses_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_case_pauses_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_presences,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_presences AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.case_presences AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.payload_versions,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.payload_versions AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.payload_versions AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_payload_versions_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_payload_versions_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_payload_versions_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.repair_drafts,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.repair_drafts AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.repair_drafts AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_items,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_items AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_items AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_items_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_items_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_items_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_attempts,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_attempts AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases([CaseId]) ON dbo.replay_attempts AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_attempts_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_attempts_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_cases_was([CaseId]) ON dbo.past_replay_attempts_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_transactions([TransactionKey]) ON dbo.transaction_milestones,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_transactions([TransactionKey]) ON dbo.transaction_milestones AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_transactions([TransactionKey]) ON dbo.transaction_milestones AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_transactions_was([TransactionKey]) ON dbo.past_transaction_milestones_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_transactions_was([TransactionKey]) ON dbo.past_transaction_milestones_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_transactions_was([TransactionKey]) ON dbo.past_transaction_milestones_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.transaction_objects,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.transaction_objects AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.transaction_objects AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_transaction_objects_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_transaction_objects_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_transaction_objects_was AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.object_states,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.object_states AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects([ObjectKey]) ON dbo.object_states AFTER UPDATE,
  ADD FILTER PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_object_states_was,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_object_states_was AFTER INSERT,
  ADD BLOCK PREDICATE dbo.opsconsole_sees_objects_was([ObjectKey]) ON dbo.past_object_states_was AFTER UPDATE
  WITH (STATE = ON);
GO
