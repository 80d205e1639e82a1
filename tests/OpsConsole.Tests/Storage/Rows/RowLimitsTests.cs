using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Postgres;
using OpsConsole.SqlServer;
using OpsConsole.Storage.Rows;

namespace OpsConsole.Tests.Storage.Rows;

/// <summary>The list of limited tables, the model and the scripts for administrators are one.</summary>
public class RowLimitsTests
{
    private const string Connection = "Host=nowhere;Database=nothing";

    [Fact]
    public void Every_table_with_a_unit_is_limited_or_says_why_not()
    {
        using var db = PostgresSetup.CreatePostgres(Connection);
        var withUnit = db.Model.GetEntityTypes().Where(type => type.GetProperties().Any(property => property.Name is "Unit" or "BusinessUnit")).Select(type => type.ClrType);

        var forgotten = withUnit.Except(RowLimits.All.Select(limit => limit.Type)).Except(RowLimits.Open.Keys);

        Assert.Empty(forgotten);
        Assert.Empty(RowLimits.All.Select(limit => limit.Type).Intersect(RowLimits.Open.Keys));
    }

    [Fact]
    public void Every_table_that_hangs_on_a_limited_one_is_limited_with_it()
    {
        using var db = PostgresSetup.CreatePostgres(Connection);
        var hanging = db.Model.GetEntityTypes().Where(type => type.GetProperties().Any(property => property.Name is "CaseId")).Select(type => type.ClrType);

        Assert.Empty(hanging.Except(RowLimits.All.Select(limit => limit.Type)).Except(RowLimits.Open.Keys));
    }

    [Theory]
    [InlineData("postgres-rows.sql")]
    [InlineData("sqlserver-rows.sql")]
    public async Task The_script_for_administrators_is_what_the_console_looks_for(string name)
    {
        await using var db = name.StartsWith("postgres", StringComparison.Ordinal) ? PostgresSetup.CreatePostgres(Connection) : SqlServerSetup.CreateSqlServer("Server=nowhere");
        var wanted = db.Dialect.RowSecurityScript(db);
        var file = Path.Combine(Root(), "deploy/sql", name);

        var known = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";

        if (known != wanted)
        {
            await File.WriteAllTextAsync(file, wanted);
            Assert.Fail($"{name} was not up to date. It is now: look over it and commit it.");
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../.."));
}
