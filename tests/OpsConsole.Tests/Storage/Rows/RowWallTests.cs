using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases.Team;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Rows;

/// <summary>The database's wall between units, with nothing before it: whoever asks may see everything as far as the console's own conditions go, and the connection is limited to EMEA.</summary>
public abstract class RowWallTests<TBrand>
    where TBrand : IDatabaseBrand
{
    /// <summary>Stands in whatever belongs to APAC and in nothing that is asked.</summary>
    private const string Foreign = "Zanzibar";

    private static readonly Scope s_emea = Scope.Of("EMEA");
    private static readonly FailureSample s_own = new() { Id = "INV-1", Unit = "EMEA", Label = "Own Ltd" };
    private static readonly FailureSample s_foreign = new()
    {
        Id = "INV-2", Unit = "APAC", Label = Foreign, Amount = 7_777_777m, Key = $"key-{Foreign}", Payload = $$"""{"tranId":"INV-2","memo":"{{Foreign}}","amount":7777777.00}""",
    };

    [StorageFact]
    public async Task A_limited_connection_reads_the_rows_of_its_units_and_no_other_count()
    {
        await using var world = await Filled();
        await using var db = Limited(world, s_emea);

        Assert.Equal(["INV-1"], await db.Cases.Select(c => c.ObjectId).ToListAsync());
        Assert.Equal((1, 1, 1), (await db.Signals.CountAsync(), await db.Objects.CountAsync(), await db.Transactions.CountAsync()));
        Assert.All(await db.CaseSteps.Select(step => step.CaseId).ToListAsync(), id => Assert.Equal(s_own.CaseId, id));
        Assert.Equal(1, await db.CaseTags.CountAsync());
        await using var unassigned = Limited(world, Scope.Of(Scope.Unassigned));
        Assert.Equal(0, await unassigned.Cases.CountAsync());
        await using var nothing = Limited(world, Scope.Of());
        Assert.Equal((0, 0), (await nothing.Cases.CountAsync(), await nothing.CaseTags.CountAsync()));
        await using var broken = Limited(world, Scope.Of("EMEA\nAPAC"));
        Assert.Equal(0, await broken.Cases.CountAsync());
    }

    [StorageFact]
    public async Task What_was_known_earlier_is_limited_alike()
    {
        await using var world = await Filled();
        var at = await world.Moment();
        await using (var all = world.Open())
        {
            await all.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, "changed since"));
            await all.CaseTags.ExecuteDeleteAsync();
        }

        await using var past = world.AsOf(at);
        past.Rows = s_emea;
        await using var own = past.Beside();

        Assert.Equal(["INV-1"], await own.Cases.Select(c => c.ObjectId).ToListAsync());
        Assert.Equal(s_own.CaseId, Assert.Single(await own.CaseTags.Select(tag => tag.CaseId).ToListAsync()));
    }

    [StorageFact]
    public async Task A_limited_connection_changes_and_adds_nothing_of_other_units()
    {
        await using var world = await Filled();
        await using var db = Limited(world, s_emea);

        Assert.Equal(1, await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, "mine")));
        Assert.Equal(0, await db.Cases.Where(c => c.Id == s_foreign.CaseId).ExecuteDeleteAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.Unit, "APAC")));
        db.CaseTags.Add(new CaseTag { CaseId = s_foreign.CaseId, Tag = "taken", ByName = "x", At = SyncSample.Noon });
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => db.SaveChangesAsync());
        await using var all = world.Open();
        Assert.Equal((2, 1), (await all.Cases.CountAsync(), await all.Cases.CountAsync(c => c.Title == "mine")));
        Assert.False(await all.CaseTags.AnyAsync(tag => tag.Tag == "taken"));
    }

    [StorageFact]
    public async Task A_connection_forgets_whom_it_served_when_it_is_opened_again()
    {
        await using var world = await Filled();
        for (var turn = 0; turn < 3; turn++)
        {
            await using (var db = Limited(world, s_emea))
            {
                Assert.Equal(1, await db.Cases.CountAsync());
            }

            await using var all = world.Open();
            Assert.Equal(2, await all.Cases.CountAsync());
            await using var other = Limited(world, Scope.Of("APAC"));
            Assert.Equal(["INV-2"], await other.Cases.Select(c => c.ObjectId).ToListAsync());
        }
    }

    [StorageFact]
    public async Task No_request_that_reads_tells_anything_of_another_unit()
    {
        await using var world = await Filled();
        world.Behind = s_emea;
        var (asked, answered, told) = (0, new HashSet<Type>(), new List<string>());

        foreach (var request in await Asking.All(world, [s_foreign, s_own]))
        {
            asked++;
            var answer = await Asking.Answer(world, request);
            if (answer is not null)
            {
                answered.Add(request.GetType());
                if (answer.Contains(Foreign, StringComparison.Ordinal) || answer.Contains("7777777", StringComparison.Ordinal))
                {
                    told.Add($"{request}: {answer[..Math.Min(answer.Length, 400)]}");
                }
            }
        }

        Assert.True(told.Count == 0, $"{told.Count} answers:\n{string.Join('\n', told.Take(20))}");
        Assert.True(answered.Count >= 60, $"only {answered.Count} kinds of requests were answered, of {asked} asked");
    }

    [StorageFact]
    public async Task Without_the_wall_the_same_requests_tell_it()
    {
        await using var world = await Filled();
        var told = new HashSet<Type>();

        foreach (var request in await Asking.All(world, [s_foreign, s_own]))
        {
            if (await Asking.Answer(world, request) is { } answer && answer.Contains(Foreign, StringComparison.Ordinal))
            {
                told.Add(request.GetType());
            }
        }

        Assert.True(told.Count >= 12, string.Join(", ", told.Select(type => type.Name)));
    }

    private static OpsDb Limited(World world, Scope scope)
    {
        var db = world.Open();
        db.Rows = scope;
        return db;
    }

    private static async Task<World> Filled()
    {
        var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        await world.RaiseWall();
        return world;
    }
}

public class RowWallTests
{
    public sealed class On_postgres : RowWallTests<OnPostgres>;

    public sealed class On_sqlserver : RowWallTests<OnSqlServer>;
}
