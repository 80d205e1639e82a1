using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>What was received is what became of it, to the last fact, over all transports; what was refused was not received. Every other promise ends with the same look.</summary>
public sealed class R20_Conservation_law : Promise
{
    private const ulong Start = 1_772_323_200_000_000_000;

    [Fact]
    public Task Every_fact_received_is_counted_once_as_what_became_of_it() => Keep(async () =>
    {
        var (fresh, again, other, bad, spans) = (Of(1_000, 100_000), Of(300, 20_000), Of(50, 5_000), Of(20, 500), Of(30, 500));
        await using var broker = await Broker.Start();
        await using var stage = await Stage.Start(new StageSettings { Environment = new Dictionary<string, string> { ["RabbitMq__Uri"] = broker.Uri } });
        await using var mail = await Mail.Open(broker);
        string[] ids = [.. Enumerable.Range(0, fresh).Select(i => $"event-{i}")];
        var random = new Random(20);

        await mail.Publish(ids[..(fresh / 4)].Select(id => Load.Event(id)));
        await mail.AllIsStored(stage, ids[..(fresh / 4)]);
        await stage.Post(ids[(fresh / 4)..].Select(id => Load.Event(id)));
        await stage.Post(ids[..again].Select(id => Load.Event(id)));
        await stage.Post(ids[..other].Select(id => Load.Event(id, "order")));
        await stage.Post(Enumerable.Range(0, bad).Select(i => Load.Event($"bad-{i}").Replace("succeeded", "done", StringComparison.Ordinal)));
        for (var i = 0; i < spans; i++)
        {
            var body = Wire.Span(random, Start, Start + 1);
            Assert.Equal(200, (await stage.Console.Send("/v1/traces", Wire.Protobuf, body)).Status);
            Assert.Equal(200, (await stage.Console.Send("/v1/traces", Wire.Protobuf, body)).Status);
            var log = Wire.Log($"log {i}", Start);
            Assert.Equal(200, (await stage.Console.Send("/v1/logs", Wire.Protobuf, log)).Status);
            Assert.Equal(200, (await stage.Console.Send("/v1/logs", Wire.Protobuf, log)).Status);
        }

        foreach (var refused in (byte[][])["[{]"u8.ToArray(), "{}"u8.ToArray()])
        {
            Assert.Equal(400, (await stage.Console.Send("/v1/events", Wire.Batch, refused)).Status);
        }

        await Conservation.Holds(stage);
        var counted = await stage.Get("/api/v1/intake?by=source");
        long Count(string name) => counted[name]!.GetValue<long>();
        Assert.Equal(
            (fresh + again + other + bad + (4L * spans), fresh + (2L * spans), again + (2L * spans), (long)other, (long)bad, 0L),
            (Count("received"), Count("stored"), Count("duplicates"), Count("conflicts"), Count("quarantined"), Count("inFlight")));
        Assert.Equal(Count("received"), counted["items"]!.AsArray().Sum(source => source!["received"]!.GetValue<long>()));
        return $"received {Count("received"):N0} = stored {Count("stored"):N0} + duplicates {Count("duplicates"):N0} + conflicts {Count("conflicts"):N0} + quarantined {Count("quarantined"):N0} + in flight {Count("inFlight")}; each count equals its table";
    });
}
