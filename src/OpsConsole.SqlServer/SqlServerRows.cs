using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using OpsConsole.Storage.Past;
using OpsConsole.Storage.Rows;

namespace OpsConsole.SqlServer;

/// <summary>
/// Row security of SQL Server: a security policy that holds each table of <see cref="RowLimits"/> to the units and the legal entities that the session's context names. A
/// session that names none is the console itself. The pool takes the context away when a connection is opened again.
/// </summary>
internal static class SqlServerRows
{
    private const string Policy = "opsconsole_units";
    private const string Units = "CAST(SESSION_CONTEXT(N'opsconsole.units') AS nvarchar(4000))";
    private const string Entities = "CAST(SESSION_CONTEXT(N'opsconsole.entities') AS nvarchar(4000))";
    private const string AllUnits = "SESSION_CONTEXT(N'opsconsole.units') IS NULL";
    private const string AllEntities = "SESSION_CONTEXT(N'opsconsole.entities') IS NULL";

    public static void Tell(DbCommand command, Scope scope)
    {
        var told = new List<string>();
        if (!scope.AllUnits)
        {
            told.Add("EXEC sys.sp_set_session_context @key = N'opsconsole.units', @value = @units");
            command.Parameters.Add(Lines("@units", scope.Units));
        }

        if (scope.ByEntity)
        {
            told.Add("EXEC sys.sp_set_session_context @key = N'opsconsole.entities', @value = @entities");
            command.Parameters.Add(Lines("@entities", scope.Entities));
        }

        command.CommandText = string.Join("; ", told);
    }

    private static SqlParameter Lines(string name, string[] names) =>
        new(name, SqlDbType.NVarChar, 4000) { Value = string.Join('\n', names.Where(one => !one.Contains('\n', StringComparison.Ordinal))) };

    public static async Task<string?> WhyNot(OpsDb db, bool raise, CancellationToken cancellationToken)
    {
        var why = await Look(db, cancellationToken);
        if (why is null || !raise || await db.Database.SqlQuery<int>($"SELECT ISNULL(IS_SRVROLEMEMBER(N'sysadmin'), 0) AS [Value]").SingleAsync(cancellationToken) == 0)
        {
            return why;
        }

        foreach (var part in Script(db).Split("\nGO\n", StringSplitOptions.RemoveEmptyEntries))
        {
            await db.Database.ExecuteSqlRawAsync(part, cancellationToken);
        }

        return await Look(db, cancellationToken);
    }

    public static string Script(OpsDb db)
    {
        var script = new StringBuilder(
            $"""
             -- Row security (SQL Server 2019 or later): the console names the units and legal entities of who asks in the session's context, and the database withholds
             -- the rows of others by itself (docs/decisions/0030). A session that names none is the console itself and sees all. Run as an administrator in the console's database after
             -- sqlserver.sql and after each "OpsConsole.Web.dll migrate"; running it again changes nothing.
             --
             -- This file is made from src/OpsConsole.Core/Storage/Rows/RowLimits.cs; a test holds them together.

             DROP SECURITY POLICY IF EXISTS dbo.{Policy};
             GO
             DECLARE @drop nvarchar(max) = N'';
             SELECT @drop += N'DROP FUNCTION dbo.' + QUOTENAME(name) + N'; ' FROM sys.objects WHERE type = 'IF' AND schema_id = SCHEMA_ID('dbo') AND name LIKE N'opsconsole[_]sees%';
             EXEC (@drop);
             GO
             CREATE FUNCTION dbo.opsconsole_sees (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE {Among("@unit", AllUnits, Units)};
             GO
             CREATE FUNCTION dbo.opsconsole_sees_entity (@unit nvarchar(4000), @entity nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE ({Among("@unit", AllUnits, Units)})
                 AND ({Among("@entity", AllEntities, Entities)});
             GO
             CREATE FUNCTION dbo.opsconsole_sees_together (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE {AllEntities}
                 AND ({Among("@unit", AllUnits, Units)});
             GO
             CREATE FUNCTION dbo.opsconsole_sees_nobodys (@unit nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE @unit IS NULL OR @unit = N'' OR {Among("@unit", AllUnits, Units)};
             GO
             CREATE FUNCTION dbo.opsconsole_sees_nobodys_entity (@unit nvarchar(4000), @entity nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE (@unit IS NULL OR @unit = N'' OR {Among("@unit", AllUnits, Units)})
                 AND ({Among("@entity", AllEntities, Entities)});
             GO
             CREATE FUNCTION dbo.opsconsole_sees_all (@units nvarchar(4000)) RETURNS TABLE WITH SCHEMABINDING AS RETURN
               SELECT 1 AS sees WHERE {AllUnits}
                 OR NOT EXISTS (SELECT 1 FROM STRING_SPLIT(@units, NCHAR(10)) wanted WHERE wanted.value COLLATE Latin1_General_100_BIN2
                   NOT IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT({Units}, NCHAR(10))));
             GO

             """);
        foreach (var parent in RowLimits.All.Where(limit => limit.By is RowOwner.Parent).Select(limit => limit.Parent!).Distinct())
        {
            script.Append(Function(db, parent, Kept.TableOf(db, parent), [Kept.TableOf(db, parent)]));
            script.Append(Function(db, parent, $"{Kept.TableOf(db, parent)}{Kept.Was}", Tables(db, parent)));
        }

        var predicates = string.Join(",\n", Predicates(db));
        return script.Append(CultureInfo.InvariantCulture, $"CREATE SECURITY POLICY dbo.{Policy}\n{predicates}\n  WITH (STATE = ON);\nGO\n").ToString();
    }

    private static string Function(OpsDb db, Type parent, string name, string[] tables)
    {
        var key = db.Model.FindEntityType(parent)!.FindPrimaryKey()!.Properties.Single().Name;
        var seen = string.Join(" OR ", tables.Select(table =>
            $"EXISTS (SELECT 1 FROM dbo.{table} p WHERE p.[{key}] = @key AND ({Among("p.[Unit]", AllUnits, Units)}) AND ({Among($"p.[{EntityLimits.Column}]", AllEntities, Entities)}))"));
        return $"CREATE FUNCTION dbo.opsconsole_sees_{name} (@key uniqueidentifier) RETURNS TABLE WITH SCHEMABINDING AS RETURN\n  SELECT 1 AS sees WHERE ({AllUnits} AND {AllEntities}) OR {seen};\nGO\n";
    }

    private static string Among(string value, string all, string named) =>
        $"{all} OR {value} COLLATE Latin1_General_100_BIN2 IN (SELECT value COLLATE Latin1_General_100_BIN2 FROM STRING_SPLIT({named}, NCHAR(10)))";

    private static IEnumerable<string> Predicates(OpsDb db) =>
        from limit in RowLimits.All
        from table in Tables(db, limit.Type)
        let sees = $"dbo.{FunctionOf(db, limit, table)} ON dbo.{table}"
        from predicate in new[] { $"  ADD FILTER PREDICATE {sees}", $"  ADD BLOCK PREDICATE {sees} AFTER INSERT", $"  ADD BLOCK PREDICATE {sees} AFTER UPDATE" }
        select predicate;

    private static string FunctionOf(OpsDb db, RowLimit limit, string table) => (limit.By, limit.ByEntity) switch
    {
        (RowOwner.Unit, EntityOwner.Named) => $"opsconsole_sees_entity([{limit.Column}], [{EntityLimits.Column}])",
        (RowOwner.Unit, EntityOwner.Nobodys) => $"opsconsole_sees_together([{limit.Column}])",
        (RowOwner.Unit, _) => $"opsconsole_sees([{limit.Column}])",
        (RowOwner.UnitOrNobody, EntityOwner.Named) => $"opsconsole_sees_nobodys_entity([{limit.Column}], [{EntityLimits.Column}])",
        (RowOwner.UnitOrNobody, _) => $"opsconsole_sees_nobodys([{limit.Column}])",
        (RowOwner.Units, _) => $"opsconsole_sees_all([{limit.Column}])",
        _ => $"opsconsole_sees_{Kept.TableOf(db, limit.Parent!)}{(table == limit.Table(db) ? "" : Kept.Was)}([{limit.Column}])",
    };

    private static string[] Tables(OpsDb db, Type type)
    {
        var name = Kept.TableOf(db, type);
        return Kept.Changing.Contains(type) ? [name, $"{Kept.View}{name}{Kept.Was}"] : [name];
    }

    private static async Task<string?> Look(OpsDb db, CancellationToken cancellationToken)
    {
        var wanted = RowLimits.All.SelectMany(limit => Tables(db, limit.Type)).ToList();
        var limited = await db.Database.SqlQuery<string>(
            $"""
             SELECT OBJECT_NAME(p.target_object_id) AS [Value] FROM sys.security_policies s JOIN sys.security_predicates p ON p.object_id = s.object_id
             WHERE s.name = {Policy} AND s.is_enabled = 1 AND p.predicate_type_desc = N'FILTER'
             """).ToListAsync(cancellationToken);
        return wanted.Except(limited).FirstOrDefault() is { } bare ? $"{bare} is not under the policy {Policy}" : null;
    }
}
