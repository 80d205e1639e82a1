using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

public class PublishedLogTests
{
    private static readonly TimeSpan s_foldPatience = TimeSpan.FromMinutes(5);

    [PublishedLogFact]
    public async Task The_published_log_ends_in_the_facts_and_a_second_time_in_nothing_but_duplicates()
    {
        var log = await PublishedLog.Read();
        await using var stage = await Stage.Start();
        await stage.PutFlow(log.Flow);

        var first = await stage.Post(log.Events);
        var second = await stage.Post(log.Events);

        Assert.Equal(new Receipt(log.Events.Count, 0, 0, 0), first);
        Assert.Equal(new Receipt(0, log.Events.Count, 0, 0), second);
        await FactsHold(stage, log);
    }

    [PublishedLogFact]
    public async Task Shuffled_and_with_a_third_of_it_sent_twice_it_ends_in_the_same_facts()
    {
        var log = await PublishedLog.Read();
        var shuffled = log.Events.Concat(log.Events.Where((_, index) => index % 3 == 0)).ToArray();
        new Random(20261121).Shuffle(shuffled);
        await using var stage = await Stage.Start();

        var receipt = await stage.Post(shuffled);
        await stage.PutFlow(log.Flow);

        Assert.Equal(new Receipt(log.Events.Count, shuffled.Length - log.Events.Count, 0, 0), receipt);
        await FactsHold(stage, log);
    }

    [PublishedLogFact]
    public async Task Killed_in_the_middle_and_loaded_again_it_ends_in_the_same_facts()
    {
        var log = await PublishedLog.Read();
        await using var stage = await Stage.Start();
        await stage.PutFlow(log.Flow);
        var acknowledged = await LoadUntilKilled(stage, log, killAfter: 8_000);
        Assert.InRange(acknowledged, 8_000, log.Events.Count - 1);

        await stage.StartConsole();
        var again = await stage.Post(log.Events);

        Assert.Equal(log.Events.Count, again.Accepted + again.Duplicates);
        Assert.True(again.Duplicates >= acknowledged, $"{acknowledged} were acknowledged before the kill, only {again.Duplicates} were there after it.");
        await FactsHold(stage, log);
    }

    /// <summary>Four senders at once, so that the kill meets requests on their way; returns how many events were acknowledged by then.</summary>
    private static async Task<int> LoadUntilKilled(Stage stage, PublishedLog log, int killAfter)
    {
        var acknowledged = 0;
        using var senders = new SemaphoreSlim(4);
        var sends = new List<Task>();
        foreach (var batch in log.Events.Chunk(200))
        {
            await senders.WaitAsync();
            if (Volatile.Read(ref acknowledged) >= killAfter)
            {
                await stage.Kill();
                break;
            }

            sends.Add(Send(batch));
        }

        await Task.WhenAll(sends);
        return acknowledged;

        async Task Send(string[] batch)
        {
            try
            {
                Interlocked.Add(ref acknowledged, (await stage.PostBatch(batch)).Accepted);
            }
            catch (HttpRequestException failure) when (failure.StatusCode is null)
            {
                // The kill. Whether these were stored is unknown; they are sent again.
            }
            finally
            {
                senders.Release();
            }
        }
    }

    private static async Task FactsHold(Stage stage, PublishedLog log)
    {
        await Eventually.Equal(
            async () => log.Differences(await stage.Get("/api/v1/stats?flow=orders")),
            "the statistics are the published facts",
            s_foldPatience);
        await stage.ConservationHolds();
    }
}
