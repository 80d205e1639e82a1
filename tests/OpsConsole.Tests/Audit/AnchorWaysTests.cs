using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Audit;

/// <summary>Anchors leave by mail and web-hook, are tried again until they have arrived, and verify where they arrived.</summary>
public abstract class AnchorWaysTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_arrived_by_mail_and_by_web_hook_verifies_an_export()
    {
        await using var mail = new TestMail();
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>([("Audit:AnchorMail", "auditor@example.com"), ("Audit:AnchorHook", target.Url), .. mail.Settings]);

        await Anchor(world);

        var letter = Assert.Single(mail.Letters, one => one.To == "auditor@example.com");
        var posted = Assert.Single(target.Sent);
        var (mailed, hooked) = (AnchorText.Read(letter.Body.Split('\n')[0].Trim()), AnchorText.Read(posted.Body));
        Assert.Equal((mailed!.Number, Convert.ToHexString(mailed.Chain)), (hooked!.Number, Convert.ToHexString(hooked.Chain)));
        Assert.Equal($"anchor-{hooked.Number}", posted.Headers["Idempotency-Key"]);
        var lines = new List<string>();
        await world.Within(new ExportAudit(null, null, Staff.Root), async answer =>
        {
            await foreach (var line in answer.Value!.Lines)
            {
                lines.Add(line);
            }
        });
        var verdict = ChainFile.Verify(() => lines, [mailed, hooked], []);
        Assert.True(verdict.Holds, string.Join('\n', verdict.Faults.Select(fault => fault.Says)));
        Assert.Equal(hooked.Number, verdict.AnchoredTo);
    }

    [StorageFact]
    public async Task A_way_that_refuses_is_tried_again_and_does_not_hold_up_the_other()
    {
        await using var mail = new TestMail();
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>([("Audit:AnchorMail", "auditor@example.com"), ("Audit:AnchorHook", target.Url), .. mail.Settings]);

        await Anchor(world);
        var before = await Deliveries(world);
        target.Down = false;
        world.Clock.Pass(TimeSpan.FromMinutes(5));
        await world.Run<AnchorWorker>(worker => worker.Look(default));
        var after = await Deliveries(world);

        Assert.Equal([("hook", false, "it answered 503"), ("mail", true, null)], before);
        Assert.Equal([("hook", true, null), ("mail", true, null)], after.Select(one => (one.Way, one.Arrived, (string?)null)));
        Assert.Single(mail.Letters);
    }

    private static async Task Anchor(World world)
    {
        await world.Send(new AddPerson("ines@example.com", "Ines", new Grant([Role.Steward], true, []), Staff.Root));
        world.Clock.Pass(TimeSpan.FromHours(1));
        await world.Run<AuditSealer>(sealer => sealer.Look(default));
        await world.Run<AnchorWorker>(worker => worker.Look(default));
    }

    private static async Task<List<(string Way, bool Arrived, string? Fault)>> Deliveries(World world) =>
        [.. (await world.Send(new ShowChain(Staff.Root))).Value!.Anchors[0].Deliveries.OrderBy(one => one.Way, StringComparer.Ordinal).Select(one => (one.Way, one.DeliveredAt is not null, one.Fault))];
}

public static class AnchorWaysTests
{
    public sealed class On_postgres : AnchorWaysTests<OnPostgres>;

    public sealed class On_sqlserver : AnchorWaysTests<OnSqlServer>;
}
