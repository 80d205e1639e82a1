using System.Globalization;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

public class FoldVectorTests
{
    /// <summary>The orders in which the events of all vectors arrive.</summary>
    public enum Arrival
    {
        AsWritten,
        Backwards,
        ShuffledAndRepeated,
    }

    [FoldVectorsTheory]
    [InlineData(Arrival.AsWritten)]
    [InlineData(Arrival.Backwards)]
    [InlineData(Arrival.ShuffledAndRepeated)]
    public async Task Every_vector_comes_out_as_published_whatever_the_order_of_arrival(Arrival arrival)
    {
        var vectors = (await FoldVectors.Read()).Select((vector, number) => vector.About(Prefix(number))).ToList();
        var flow = vectors.Select(vector => vector.Flow).OfType<System.Text.Json.Nodes.JsonObject>().First();
        var name = flow["name"]!.GetValue<string>();
        Assert.All(vectors, vector => Assert.True(vector.Flow is null || vector.Flow["name"]!.GetValue<string>() == name));
        await using var stage = await Stage.Start();
        await stage.PutFlow(flow.ToJsonString());

        var receipt = await Send(stage, vectors, arrival);

        Assert.Equal((0, 0), (receipt.Conflicts, receipt.Quarantined));
        await Eventually.Equal(() => Differences(stage, vectors, name), "every vector holds");
        await stage.ConservationHolds();
    }

    private static string Prefix(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number:00}.");

    private static async Task<Receipt> Send(Stage stage, IReadOnlyList<FoldVector> vectors, Arrival arrival)
    {
        var events = vectors.SelectMany(vector => vector.Events).Select(@event => @event.ToJsonString()).ToArray();
        switch (arrival)
        {
            case Arrival.Backwards:
                Array.Reverse(events);
                break;
            case Arrival.ShuffledAndRepeated:
                events = [.. events, .. events, .. events];
                new Random(2026).Shuffle(events);
                break;
        }

        // A few at a time, so that they are folded in many steps and not all at once.
        var total = new Receipt(0, 0, 0, 0);
        foreach (var batch in events.Chunk(7))
        {
            total += await stage.PostBatch(batch);
        }

        return total;
    }

    private static async Task<IReadOnlyList<string>> Differences(Stage stage, IReadOnlyList<FoldVector> vectors, string flow)
    {
        var types = vectors.SelectMany(vector => vector.Expected["objects"]!.AsArray()).Select(reference => reference!.GetValue<string>().Split('/')[0]).Distinct();
        var view = await ConsoleView.Read(stage, flow, types);
        return [.. vectors.SelectMany((vector, number) => view.Differences(vector, Prefix(number)))];
    }
}
