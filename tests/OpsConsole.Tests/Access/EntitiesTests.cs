using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Access;

/// <summary>Legal entities of people: given, told, and not lifted by what is given besides.</summary>
public abstract class EntitiesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Grant s_grant = new([Role.Approver], false, ["EMEA"]) { Entities = ["DE02", "DE01", " DE01 "] };

    [StorageFact]
    public async Task They_are_given_kept_and_told()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new AddPerson("olga@example.com", "Olga", s_grant, Staff.Root));
        var row = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single(person => person.Name == "Olga");
        world.Clock.Pass(TimeSpan.FromMinutes(1));

        var changed = await world.Send(new ChangePerson(row.Id, row.Seen, "Olga", s_grant with { Entities = ["FR01"] }, Staff.Root));

        Assert.Equal(["DE01", "DE02"], row.Grant.Entities);
        Assert.Equal("EMEA, of DE01 and DE02", row.Grant.Where);
        Assert.Equal(["FR01"], changed.Value!.Grant.Entities);
        await using var db = world.Open();
        Assert.Contains(await db.Audit.Select(entry => entry.Detail).ToListAsync(), detail => detail.Contains("EMEA, of DE01 and DE02 → Approver in EMEA, of FR01", StringComparison.Ordinal));
        Assert.Equal([2, 1], await db.AccessStates.Where(state => state.Name == "Olga").OrderBy(state => state.At).Select(state => state.Entities.Count).ToListAsync());
        Assert.Contains("FR01", (await world.Send(new ListPeople(Staff.Root))).Value!.Entities);
    }

    [StorageFact]
    public async Task Nobody_is_told_of_another_legal_entity()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new AddPerson("olga@example.com", "Olga", s_grant, Staff.Root));
        await world.Send(new AddPerson("tom@example.com", "Tom", s_grant with { Entities = [] }, Staff.Root));
        await using var db = world.Open();
        db.Notices.AddRange(About("DE01"), About("FR01"), About(null));
        await db.SaveChangesAsync();

        await world.Run<NoticeWorker>(worker => worker.Look(default));

        var told = (await db.NoticeItems.AsNoTracking().ToListAsync()).ToLookup(item => item.Recipient, item => item.LegalEntity);
        var people = await db.People.ToDictionaryAsync(person => person.DisplayName, person => Notice.ToPerson(person.Id));
        Assert.Equal(["DE01"], told[people["Olga"]]);
        Assert.Equal(3, told[people["Tom"]].Count());
    }

    private static Notice About(string? entity) => new()
    {
        Id = Guid.NewGuid(), Recipient = Notice.ToRole(Role.Approver), Unit = "EMEA", LegalEntity = entity, Kind = NoticeKinds.Escalation, Cause = $"of {entity}", Text = "one", Several = "several", Link = "/worklist", At = SyncSample.Noon,
    };
}

public class EntitiesTests
{
    [Fact]
    public void Emergency_access_lifts_no_limit_to_legal_entities()
    {
        var person = new Person { Roles = [Role.Steward], Units = ["EMEA"], Entities = ["DE01"] };
        var given = new EmergencyAccess
        {
            Id = Guid.NewGuid(), PersonId = person.Id, Roles = [Role.Approver], AllUnits = true, Units = [], Reason = "the close is tonight", From = SyncSample.Noon, Until = SyncSample.Noon.AddHours(1), GivenById = "1", GivenBy = "Root",
        };

        var scope = person.ToActor(given).Scope;

        Assert.Equal("all units, of DE01", scope.Words);
        Assert.False(scope.Everything);
    }

    [Fact]
    public void The_providers_groups_limit_together()
    {
        var provider = new ProviderSettings
        {
            Groups = [new ProviderGroup { Name = "stewards", Roles = [Role.Steward] }, new ProviderGroup { Name = "de", Roles = [Role.Executive], Units = ["EMEA"], Entities = ["DE01"] }, new ProviderGroup { Name = "fr", Roles = [Role.Executive], Entities = ["FR01"] }],
        };

        Assert.Equal(["DE01", "FR01"], provider.Map(["stewards", "de", "fr"])!.Entities);
        Assert.Empty(provider.Map(["stewards"])!.Entities);
    }

    public sealed class On_postgres : EntitiesTests<OnPostgres>;

    public sealed class On_sqlserver : EntitiesTests<OnSqlServer>;
}
