-- Three roles with the least rights that each needs (SQL Server 2019 or later). Run as an administrator, in the console's database, once before
-- and once after each "OpsConsole.Web.dll migrate"; running it again changes nothing. The roles and what they may not do are those of postgres.sql.
--
--   CREATE LOGIN console WITH PASSWORD = '…';
--   CREATE USER console FOR LOGIN console;
--   ALTER ROLE opsconsole_run ADD MEMBER console;

IF DATABASE_PRINCIPAL_ID('opsconsole_migrate') IS NULL CREATE ROLE opsconsole_migrate;
IF DATABASE_PRINCIPAL_ID('opsconsole_run') IS NULL CREATE ROLE opsconsole_run;
IF DATABASE_PRINCIPAL_ID('opsconsole_read') IS NULL CREATE ROLE opsconsole_read;
GO

-- Changes the schema, and nothing of the server or of who may sign in.
GRANT CONTROL ON SCHEMA::dbo TO opsconsole_migrate;
GRANT CREATE TABLE, CREATE VIEW, CREATE FUNCTION, CREATE PROCEDURE, ALTER ANY DATASPACE, ALTER ANY SECURITY POLICY TO opsconsole_migrate;

-- Reads and writes rows. The days of spans and logs come and go as partitions, for which those two tables and their scheme are changed.
GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON SCHEMA::dbo TO opsconsole_run;
GRANT ALTER ANY DATASPACE TO opsconsole_run;
GRANT VIEW DATABASE STATE TO opsconsole_run;
GO
IF OBJECT_ID('dbo.spans') IS NOT NULL GRANT ALTER ON dbo.spans TO opsconsole_run;
IF OBJECT_ID('dbo.logs') IS NOT NULL GRANT ALTER ON dbo.logs TO opsconsole_run;

-- What was done stays as it was told.
IF OBJECT_ID('dbo.audit') IS NOT NULL DENY UPDATE, DELETE ON dbo.audit TO opsconsole_run;
IF OBJECT_ID('dbo.audit_seals') IS NOT NULL DENY UPDATE, DELETE ON dbo.audit_seals TO opsconsole_run;
IF OBJECT_ID('dbo.audit_anchors') IS NOT NULL DENY UPDATE, DELETE ON dbo.audit_anchors TO opsconsole_run;
GO

-- What reports need; no keys, no secrets, no passwords, no payloads.
DECLARE @grants nvarchar(max) = N'';
SELECT @grants += N'GRANT SELECT ON dbo.' + QUOTENAME(name) + N' TO opsconsole_read; '
FROM sys.tables
WHERE schema_id = SCHEMA_ID('dbo') AND name IN (
  'cases', 'case_steps', 'objects', 'object_states', 'object_links', 'transactions', 'transaction_milestones', 'transaction_objects',
  'kpi_points', 'kpi_hours', 'rates', 'source_hours', 'intake_counts', 'audit', 'flows', 'queues');
EXEC (@grants);
IF OBJECT_ID('dbo.sources') IS NOT NULL GRANT SELECT ON dbo.sources ([Id], [Name], [Scopes], [Units], [CreatedAt], [Disabled]) TO opsconsole_read;
GO
