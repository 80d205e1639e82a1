using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using OpsConsole.Storage.Past;

namespace OpsConsole.Tests.Storage.Past;

/// <summary>The list of kept tables, the views and the triggers are one: who adds a column to a kept table and forgets its past is told here.</summary>
public abstract class KeptTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Every_kept_table_has_a_view_of_all_its_columns_and_rows()
    {
        await using var database = await TBrand.Start();
        await using var db = database.AsOf(await database.Moment());
        foreach (var type in Kept.Changing.Concat(Kept.Received))
        {
            var entity = db.Model.FindEntityType(type)!;
            var view = StoreObjectIdentifier.Create(entity, StoreObjectType.View)!.Value;
            var columns = entity.GetProperties().Select(property => db.Dialect.Name == "Postgres" ? $"\"{property.GetColumnName(view)}\"" : $"[{property.GetColumnName(view)}]");
#pragma warning disable EF1002 // Names of the model's own tables and columns.
            Assert.Equal(0, await db.Database.SqlQueryRaw<int>($"SELECT COUNT(*) AS \"Value\" FROM (SELECT {string.Join(", ", columns)} FROM {view.Name} WHERE 1 = 0) AS shown").SingleAsync());
#pragma warning restore EF1002
        }
    }

    [StorageFact]
    public async Task Exactly_the_tables_of_the_list_have_a_past()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        var views = await db.Database.SqlQueryRaw<string>("SELECT table_name AS \"Value\" FROM information_schema.views WHERE table_name LIKE 'past%'").ToListAsync();
        var former = await db.Database.SqlQueryRaw<string>("SELECT table_name AS \"Value\" FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_name LIKE 'past%was'").ToListAsync();

        Assert.Equal(Kept.Changing.Concat(Kept.Received).Select(type => Kept.View + Kept.TableOf(db, type)).Order(StringComparer.Ordinal), views.Order(StringComparer.Ordinal));
        Assert.Equal(Kept.Changing.Select(type => Kept.View + Kept.TableOf(db, type) + Kept.Was).Order(StringComparer.Ordinal), former.Order(StringComparer.Ordinal));
    }
}

public class KeptTests
{
    public sealed class On_postgres : KeptTests<OnPostgres>;

    public sealed class On_sqlserver : KeptTests<OnSqlServer>;

    /// <summary>Whoever lets a request be asked of the past must be sure that it changes nothing: its handler has no hand that writes.</summary>
    [Fact]
    public void What_can_be_asked_of_the_past_changes_nothing() => Assert.All(PastReads.All, request =>
    {
        Assert.True(typeof(IGuarded).IsAssignableFrom(request), $"{request.Name} is not guarded, so nothing keeps it from the past");
        var room = Path.Combine(Root(), "src/OpsConsole.Core");
        var handler = Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Single(text => text.Contains($"record {request.Name}(", StringComparison.Ordinal));
        Assert.DoesNotContain("SaveChanges", handler, StringComparison.Ordinal);
        Assert.DoesNotContain("CommitWith", handler, StringComparison.Ordinal);
        Assert.DoesNotContain("ExecuteUpdate", handler, StringComparison.Ordinal);
        Assert.DoesNotContain("ExecuteDelete", handler, StringComparison.Ordinal);
    });

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../.."));
}
