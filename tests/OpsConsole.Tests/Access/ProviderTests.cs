using OpsConsole.Access;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Access;

/// <summary>What the company's provider says becomes an account, on every database.</summary>
public abstract class ProviderTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly (string, string)[] s_settings =
    [
        ("SignIn:Provider:Name", "Northwind"), ("SignIn:Provider:AuthorizationEndpoint", "https://id.example/auth"), ("SignIn:Provider:TokenEndpoint", "https://id.example/token"),
        ("SignIn:Provider:UserInfoEndpoint", "https://id.example/me"), ("SignIn:Provider:ClientId", "opsconsole"),
        ("SignIn:Provider:Groups:0:Name", "emea"), ("SignIn:Provider:Groups:0:Roles:0", "Steward"), ("SignIn:Provider:Groups:0:Units:0", "EMEA"),
        ("SignIn:Provider:Groups:1:Name", "controllers"), ("SignIn:Provider:Groups:1:Roles:0", "Approver"), ("SignIn:Provider:Groups:1:Units:0", "APAC"),
    ];

    [StorageFact]
    public async Task An_account_is_made_the_first_time_and_found_by_its_subject_whatever_its_address_is_then()
    {
        await using var world = await World.Start<TBrand>(s_settings);

        var first = await world.Comes("subject-1", "ines@company.example", "emea");
        var second = await world.Comes("subject-1", "ines.moreau@company.example", "emea");

        Assert.Equal(first.Value!.PersonId, second.Value!.PersonId);
        var actor = (await world.Send(new FindActor(second.Value.Session!.Id))).Value!;
        Assert.True(actor.Can(Right.WorkCases));
        Assert.Equal(["EMEA"], actor.Scope.Units);
    }

    [StorageFact]
    public async Task All_groups_count_together_and_are_mapped_anew_with_an_entry_in_the_audit()
    {
        await using var world = await World.Start<TBrand>(s_settings);
        await world.Comes("subject-1", "ines@company.example", "emea", "controllers", "football");

        var later = await world.Comes("subject-1", "ines@company.example", "controllers");

        Assert.False((await world.Send(new FindActor(later.Value!.Session!.Id))).Value!.Can(Right.WorkCases));
        await using var db = world.Open();
        Assert.Equal("Steward, Approver in APAC, EMEA → Approver in APAC", db.Audit.Single(entry => entry.Action == "person.groups").Detail);
    }

    [StorageFact]
    public async Task Who_is_in_no_group_of_ours_stays_out_also_when_they_were_in_one()
    {
        await using var world = await World.Start<TBrand>(s_settings);
        await world.Comes("subject-1", "ines@company.example", "emea");

        var gone = await world.Comes("subject-1", "ines@company.example", "football");

        Assert.Equal("sign-in.no-group", gone.Refusal?.Code);
    }

    [StorageFact]
    public async Task An_account_of_the_same_address_is_not_taken_over()
    {
        await using var world = await World.Start<TBrand>(s_settings);
        await world.Joins("root@example.com", Role.Administrator);

        var taken = await world.Comes("subject-1", "ROOT@example.com", "emea");

        Assert.Equal("sign-in.exists", taken.Refusal?.Code);
        Assert.True((await world.Send(new EnterByPassword("root@example.com", Entry.Password, Entry.Desk))).Accepted);
    }

    [StorageFact]
    public async Task Where_the_settings_link_by_address_the_password_leads_in_no_more_and_a_second_subject_does_not_either()
    {
        await using var world = await World.Start<TBrand>([.. s_settings, ("SignIn:Provider:LinkByEmail", "true")]);
        var ines = await world.Joins("ines@example.com");

        var linked = await world.Comes("subject-1", "ines@example.com", "emea");
        var other = await world.Comes("subject-2", "ines@example.com", "emea");

        Assert.Equal((ines, "sign-in.exists"), (linked.Value!.PersonId, other.Refusal?.Code));
        Assert.False((await world.Send(new EnterByPassword("ines@example.com", Entry.Password, Entry.Desk))).Accepted);
        Assert.Equal("access.provider", (await world.Send(new ResetPassword(ines, Staff.Root))).Refusal?.Code);
    }

    [StorageFact]
    public async Task Who_must_have_a_second_factor_and_has_none_has_no_right_until_they_have()
    {
        await using var world = await World.Start<TBrand>(("SignIn:SecondFactor", "ApproversAndAdministrators"));
        var hanna = await world.SignsIn(await world.Joins("hanna@example.com", Role.Approver));
        var ines = await world.SignsIn(await world.Joins("ines@example.com"));

        var before = (await world.Send(new FindActor(hanna))).Value!;
        var shown = (await world.Send(new StartSecondFactor(before))).Value!;
        await world.Send(new EnrolSecondFactor(world.Code(shown.Secret), before));
        var after = (await world.Send(new FindActor(hanna))).Value!;

        Assert.Equal((true, false), (before.MustEnrol, before.Can(Right.ReadCases)));
        Assert.Equal((false, true), (after.MustEnrol, after.Can(Right.Approve)));
        Assert.False((await world.Send(new FindActor(ines))).Value!.MustEnrol);
    }
}

public static class ProviderTests
{
    public sealed class On_postgres : ProviderTests<OnPostgres>;

    public sealed class On_sqlserver : ProviderTests<OnSqlServer>;
}

internal static class Company
{
    /// <summary>The provider says this of somebody.</summary>
    public static Task<Outcome<Entrance>> Comes(this World world, string subject, string email, params string[] groups) =>
        world.Send(new EnterByProvider(new ProviderWord("Northwind", subject, email, "Ines Moreau", groups), Entry.Desk));
}
