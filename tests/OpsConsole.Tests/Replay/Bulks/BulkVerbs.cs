using OpsConsole.Cases;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Replay.Bulks;

/// <summary>What every test of bulks does: some failures, a frozen selection of all there is, its start.</summary>
internal static class BulkVerbs
{
    public static FailureSample Failure(int i) => new()
    {
        Id = $"INV-{i:000}", Key = $"key-{i}", Amount = 100m, Payload = $$"""{"tranId":"INV-{{i:000}}","amount":100.00,"currency":"EUR"}""",
    };

    public static async Task<List<Guid>> Failures(World world, int count)
    {
        FailureSample[] failures = [.. Enumerable.Range(0, count).Select(Failure)];
        await world.Says(failures);
        await world.Look();
        return [.. failures.Select(failure => failure.CaseId)];
    }

    public static async Task<Guid> Freeze(World world, Actor? actor = null) =>
        Accepted(await world.Send(new FreezeSelection(new Selection { Filter = new CaseFilter() }, actor ?? Staff.Ines))).Id;

    public static async Task Started(World world, Guid bulk, BulkSettings? settings = null) =>
        Accepted(await world.Send(new StartBulk(bulk, null, settings ?? new BulkSettings(), Ask: false, Staff.Ines)));

    public static async Task<BulkView> Show(World world, Guid bulk) => Accepted(await world.Send(new ShowBulk(bulk, Staff.Ines)));

    public static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}
