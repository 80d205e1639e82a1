using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Rows;

/// <summary>Who is limited to a legal entity of a unit that has two, with the database's wall down: what holds here, the context holds alone.</summary>
public abstract class EntityLimitsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Foreign = "Zanzibar";

    private static readonly FailureSample s_own = new() { Id = "INV-1", LegalEntity = "DE01", Label = "Own Ltd" };
    private static readonly FailureSample s_foreign = new()
    {
        Id = "INV-2", LegalEntity = "FR01", Label = Foreign, Amount = 7_777_777m, Key = $"key-{Foreign}", Payload = $$"""{"tranId":"INV-2","memo":"{{Foreign}}","amount":7777777.00}""",
    };

    [StorageFact]
    public Task Rows_and_counts_of_another_legal_entity_are_not_seen_in_a_unit() => SeesItsOwn(all: false);

    [StorageFact]
    public Task Rows_and_counts_of_another_legal_entity_are_not_seen_in_all_units() => SeesItsOwn(all: true);

    [StorageFact]
    public Task No_request_that_reads_tells_anything_of_another_legal_entity_of_the_unit() => ToldNothing(all: false);

    [StorageFact]
    public Task No_request_that_reads_tells_anything_of_another_legal_entity_of_all_units() => ToldNothing(all: true);

    [StorageFact]
    public async Task What_names_no_legal_entity_is_seen_by_those_who_are_not_limited_to_some()
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign with { LegalEntity = null });
        await using var limited = Limited(world, Of(all: true, "DE01"));
        await using var free = Limited(world, Scope.Of("EMEA"));

        Assert.Equal(["INV-1"], await limited.Cases.Select(c => c.ObjectId).ToListAsync());
        Assert.Equal(2, await free.Cases.CountAsync());
    }

    [StorageFact]
    public async Task What_was_known_earlier_is_limited_alike()
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        var at = await world.Moment();
        await using (var all = world.Open())
        {
            await all.CaseTags.ExecuteDeleteAsync();
        }

        await using var past = world.AsOf(at);
        past.Rows = Of(all: false, "DE01");
        await using var own = past.Beside();

        Assert.Equal(s_own.CaseId, Assert.Single(await own.CaseTags.Select(tag => tag.CaseId).ToListAsync()));
        Assert.Equal(1, await past.Cases.CountAsync());
    }

    [StorageFact]
    public async Task A_context_that_was_used_before_is_not_limited_too_late()
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        await using var db = world.Open();
        await db.People.CountAsync();

        Assert.Throws<InvalidOperationException>(() => db.Rows = Of(all: true, "DE01"));
        db.Rows = Scope.Of("EMEA");
        Assert.Equal(2, await db.Cases.CountAsync());
    }

    [StorageFact]
    public async Task The_database_withholds_them_as_well()
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        await world.RaiseWall();
        await using var inUnit = Limited(world, Of(all: false, "DE01"));
        await using var anywhere = Limited(world, Of(all: true, "DE01"));
        await using var elsewhere = Limited(world, Scope.Of("APAC").Only("DE01"));
        await using var all = world.Open();

        Assert.Equal((1, 1), (await Bare(inUnit, "cases"), await Bare(inUnit, "case_tags")));
        Assert.Equal((1, 1), (await Bare(anywhere, "cases"), await Bare(anywhere, "case_tags")));
        Assert.Equal((0, 0), (await Bare(elsewhere, "cases"), await Bare(elsewhere, "case_tags")));
        Assert.Equal((2, 2), (await Bare(all, "cases"), await Bare(all, "case_tags")));
        Assert.Equal(1, await inUnit.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, "mine")));
        await Assert.ThrowsAnyAsync<Exception>(() => inUnit.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.LegalEntity, "FR01")));
        var olga = Staff.Person("Olga", Of(all: false, "DE01"), Role.Steward);
        Assert.True((await world.Send(new CommentCase(s_own.CaseId, "looked at", olga))).Accepted);
    }

    [StorageFact]
    public async Task Their_worklist_counts_their_own_and_the_foreign_one_is_not_found()
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        var olga = Staff.Person("Olga", Of(all: false, "DE01"), Role.Steward);

        var list = await world.Send(new ListCases(new CaseFilter(), CaseSort.Rank, null, 50, olga));
        var foreign = await world.Send(new ClaimCase(s_foreign.CaseId, null, "", olga));
        var causes = await world.Send(new ListCauses(null, null, 50, olga));

        Assert.Equal(("INV-1", 1), (Assert.Single(list.Value!.Items).ObjectId, list.Value.Total));
        Assert.Equal(RefusalKind.NotFound, foreign.Refusal?.Kind);
        Assert.Equal((1, 5_200m), causes.Value!.Items.Select(cause => (cause.Open, cause.AtRisk)).Single());
    }

    private static async Task SeesItsOwn(bool all)
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        await using var db = Limited(world, Of(all, "DE01"));
        await using var other = Limited(world, Of(all, "FR01"));
        await using var both = Limited(world, Of(all, "FR01", "DE01"));
        await using var none = Limited(world, Of(all, "IT01"));

        Assert.Equal(["INV-1"], await db.Cases.Select(c => c.ObjectId).ToListAsync());
        Assert.Equal(["INV-2"], await other.Cases.Select(c => c.ObjectId).ToListAsync());
        Assert.Equal((1, 1, 1), (await db.Signals.CountAsync(), await db.Objects.CountAsync(), await db.Transactions.CountAsync()));
        Assert.Equal((1, 1, 1), (await db.CaseTags.CountAsync(), await db.ObjectStates.CountAsync(), await db.TransactionObjects.CountAsync()));
        Assert.All(await db.CaseSteps.Select(step => step.CaseId).ToListAsync(), id => Assert.Equal(s_own.CaseId, id));
        Assert.Equal((2, 2), (await both.Cases.CountAsync(), await both.CaseTags.CountAsync()));
        Assert.Equal((0, 0), (await none.Cases.CountAsync(), await none.CaseTags.CountAsync()));
        Assert.Equal(0, await db.Cases.Where(c => c.Id == s_foreign.CaseId).ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, "taken")));
    }

    private static async Task ToldNothing(bool all)
    {
        await using var world = await TwoSides.Filled<TBrand>(s_own, s_foreign);
        var somebody = Staff.Person("Root", Of(all, "DE01"), Enum.GetValues<Role>());
        var (asked, answered, told) = (0, new HashSet<Type>(), new List<string>());

        foreach (var request in await Asking.All(world, [s_foreign, s_own], somebody))
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

    private static Scope Of(bool all, params string[] entities) => (all ? Scope.All : Scope.Of("EMEA")).Only(entities);

    // Past the filters of the model, which no statement in words passes.
#pragma warning disable EF1002 // Names made right here.
    private static Task<int> Bare(OpsDb db, string table) => db.Database.SqlQueryRaw<int>($"SELECT CAST(count(*) AS int) AS {(db.Database.IsNpgsql() ? "\"Value\"" : "[Value]")} FROM {table}").SingleAsync();
#pragma warning restore EF1002

    private static OpsDb Limited(World world, Scope scope)
    {
        var db = world.Open();
        db.Rows = scope;
        return db;
    }
}

public class EntityLimitsTests
{
    public sealed class On_postgres : EntityLimitsTests<OnPostgres>;

    public sealed class On_sqlserver : EntityLimitsTests<OnSqlServer>;
}
