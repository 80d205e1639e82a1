using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>2xx, or a broker's acknowledgement, only after the commit: the process is killed again and again under load over both.</summary>
public sealed class R1_Acknowledged_is_durable : Promise
{
    private const int MailBatch = 200;

    [Fact]
    public Task Nothing_acknowledged_is_lost_or_stored_twice_when_the_process_is_killed_again_and_again() => Keep(async () =>
    {
        var kills = Of(3, 50);
        await using var broker = await Broker.Start();
        await using var stage = await Stage.Start(new StageSettings { Environment = new Dictionary<string, string> { ["RabbitMq__Uri"] = broker.Uri } });
        await using var mail = await Mail.Open(broker);
        var history = new History();
        var published = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var load = new Load([stage.Console], $"kill-{kill}", history);
            await mail.PublishNew(published, Of(MailBatch, 5 * MailBatch));
            var enough = history.Acknowledged + Random.Shared.Next(Of(200, 3_000), Of(1_000, 6_000));
            await Eventually.Is(() => Task.FromResult(history.Acknowledged >= enough), "enough events are acknowledged");

            await stage.Kill();

            await load.End();
            await stage.StartConsole();
        }

        await mail.AllIsStored(stage, published);
        history.Acknowledge(published);
        await history.Holds(stage);
        Assert.True(await stage.Stop(TimeSpan.FromSeconds(30)), stage.ConsoleTail());
        Assert.Equal(0u, await mail.Waiting());
        return $"{kills} kills; {history.Acknowledged:N0} acknowledged, {published.Count:N0} of them over AMQP; 0 missing, 0 twice; {history.Unknown} requests unanswered";
    });
}
