using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>The same event over every transport and node at once is one row; the same identity with other content is a conflict that shows.</summary>
public sealed class R3_Duplicates_collapse : Promise
{
    private const int Together = 20;

    [Fact]
    public Task Each_event_one_to_five_times_at_once_over_all_transports_and_two_nodes_is_stored_once() => Keep(async () =>
    {
        var count = Of(400, 20_000);
        await using var broker = await Broker.Start();
        await using var stage = await Stage.Start(new StageSettings { Environment = new Dictionary<string, string> { ["RabbitMq__Uri"] = broker.Uri } });
        Node[] nodes = [stage.Console, await stage.StartAnother()];
        await using var mail = await Mail.Open(broker);
        var random = new Random(3);
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"event-{i}")];
        var copies = ids.SelectMany(id => Enumerable.Repeat(id, random.Next(1, 6))).ToArray();
        random.Shuffle(copies);
        var byMail = copies[..(copies.Length / 3)];
        var one = copies[(copies.Length / 3)..(copies.Length / 3 + (count / 4))];
        var inBatches = copies[(copies.Length / 3 + (count / 4))..];

        await Task.WhenAll(
            mail.Publish(byMail.Select(id => Load.Event(id))),
            Parallel.ForEachAsync(one, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) => await nodes[random.Next(2)].PostBatch([Load.Event(id)])),
            Parallel.ForEachAsync(inBatches.Chunk(Together), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, _) => await nodes[batch[0].GetHashCode(StringComparison.Ordinal) & 1].PostBatch(batch.Select(id => Load.Event(id)))));
        await mail.AllIsStored(stage, ids);
        await Eventually.Is(async () => (await stage.Get("/api/v1/intake"))["received"]!.GetValue<long>() == copies.Length, "every copy was received");

        var others = ids.Take(count / 10).ToArray();
        var conflicts = await nodes[1].Post(others.Select(id => Load.Event(id, "order")));

        Assert.Equal(new Receipt(0, 0, others.Length, 0), conflicts);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await History.Stored(stage)).Select(row => row.Key).Order(StringComparer.Ordinal));
        Assert.All(await History.Stored(stage), row => Assert.Equal(1, row.Value));
        await Conservation.Holds(stage, nodes);
        return $"{copies.Length:N0} copies of {count:N0} events to 2 nodes ({byMail.Length:N0} over AMQP, {one.Length:N0} alone, {inBatches.Length:N0} in batches): {count:N0} rows; {others.Length:N0} with other content: {conflicts.Conflicts:N0} conflicts";
    });
}
