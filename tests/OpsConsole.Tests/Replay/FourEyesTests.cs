using System.Collections.Frozen;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>Above the threshold two people decide, and what they decided on is what is sent (promise R12).</summary>
public abstract class FourEyesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly FailureSample s_large = new() { Amount = 50_000m };

    [StorageFact]
    public async Task Above_the_threshold_nobody_replays_alone()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails(s_large);
        await world.Claim(found.Id, Staff.Both);

        var alone = await world.Send(new ReplayCase(found.Id, null, "", Staff.Both));

        Assert.Equal("replay.needs-approval", alone.Refusal?.Code);
        Assert.Contains("EUR 10,000", alone.Refusal!.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task An_amount_without_a_known_rate_counts_as_above()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails(new FailureSample { Amount = 1m, Currency = "XAG" });
        await world.Claim(found.Id, Staff.Ines);

        var alone = await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));

        Assert.Equal("replay.needs-approval", alone.Refusal?.Code);
    }

    [StorageFact]
    public async Task A_second_person_approves_and_it_goes_once()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Submitted(world, Staff.Ines);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna))));
        await world.LookForReplays();

        Assert.Single(answers, answer => answer.Accepted);
        Assert.Equal((Staff.Ines.Id, Staff.Hanna.Id), Assert.Single(await world.Replays(found.Id)) is { } item ? (item.RequestedBy, item.ApprovedBy) : default);
        Assert.Single(target.Sent);
    }

    [StorageFact]
    public async Task Who_prepared_it_does_not_approve_it_whatever_their_roles()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Submitted(world, Staff.Both);

        var approved = await world.Send(new ApproveCase(found.Id, null, "", Staff.Both));

        Assert.Equal(RefusalKind.Forbidden, approved.Refusal?.Kind);
    }

    [StorageFact]
    public async Task Who_wrote_the_payload_does_not_approve_it_though_another_submitted_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails(s_large);
        await world.Claim(found.Id, Staff.Both);
        await world.Send(new RepairPayload(found.Id, null, """{"amount":1}""", "", Staff.Both));
        await world.Send(new ReleaseCase(found.Id, null, "", Staff.Both));
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new SubmitCase(found.Id, null, "", Staff.Ines));

        var approved = await world.Send(new ApproveCase(found.Id, null, "", Staff.Both));

        Assert.Equal(RefusalKind.Forbidden, approved.Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_key_never_approves()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Submitted(world, Staff.Ines);
        var strong = Staff.Key with { Rights = Staff.Key.Rights.Append(Right.Approve).ToFrozenSet() };

        var weakKey = await world.Send(new ApproveCase(found.Id, null, "", Staff.Key));
        var strongKey = await world.Send(new ApproveCase(found.Id, null, "", strong));

        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (weakKey.Refusal!.Kind, strongKey.Refusal!.Kind));
    }

    [StorageFact]
    public async Task An_edit_voids_the_request_and_must_be_submitted_again()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Submitted(world, Staff.Ines);

        await world.Send(new RepairPayload(found.Id, null, """{"amount":999999}""", "", Staff.Ines));
        var approved = await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna));

        Assert.Equal((CaseState.Claimed, "case.move"), ((await world.Case(found.Id)).State, approved.Refusal?.Code));
    }

    [StorageFact]
    public async Task A_target_that_changed_after_it_was_submitted_or_approved_gets_nothing()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Submitted(world, Staff.Ines);
        await world.Register(target, url: $"{target.Url}?to=me");
        var changed = await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna));
        await world.Register(target);
        await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna));

        await world.Register(target, url: $"{target.Url}?to=me");
        await world.LookForReplays();

        Assert.Equal("approval.changed", changed.Refusal?.Code);
        Assert.Empty(target.Sent);
        Assert.Equal(CaseState.Claimed, (await world.Case(found.Id)).State);
    }

    [StorageFact]
    public async Task A_repair_of_json_must_be_json()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);

        var broken = await world.Send(new RepairPayload(found.Id, null, """{"amount": }""", "", Staff.Ines));
        var right = await world.Send(new RepairPayload(found.Id, null, """{"amount": 1}""", "rounded", Staff.Ines));

        Assert.Equal("payload: is not JSON, see line 1, column 12", broken.Refusal?.Message);
        Assert.True(right.Accepted);
        var repair = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!;
        Assert.Equal((new FailureSample().Payload, """{"amount": 1}""", 1), (repair.Original, repair.Current, repair.CurrentVersion));
    }

    private static async Task<ExceptionCase> Submitted(World world, Actor preparer)
    {
        var found = await world.Fails(s_large);
        await world.Claim(found.Id, preparer);
        var submitted = await world.Send(new SubmitCase(found.Id, null, "", preparer));
        Assert.True(submitted.Accepted, submitted.Refusal?.Message);
        return found;
    }
}

public static class FourEyesTests
{
    public sealed class On_postgres : FourEyesTests<OnPostgres>;

    public sealed class On_sqlserver : FourEyesTests<OnSqlServer>;
}
