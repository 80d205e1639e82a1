using System.Text.Json;

namespace OpsConsole.Events;

/// <summary>When a state was first said: by the event's own time, and by receipt. The two may come from different facts.</summary>
/// <param name="Time">The earliest <c>time</c> of a fact that said it.</param>
/// <param name="ReceivedAt">The earliest receipt of a fact that said it.</param>
/// <param name="System">Who said it at <paramref name="Time"/>.</param>
public sealed record StateFirst(DateTimeOffset Time, DateTimeOffset ReceivedAt, string System);

/// <summary>For each state of an object when it was first said, kept as JSON with the object. The empty state stands for the first fact of all.</summary>
public static class StateFirsts
{
    public const string AnyFact = "";

    /// <summary>Of all facts of an object, in the contract's order.</summary>
    public static IReadOnlyDictionary<string, StateFirst> Fold(IReadOnlyList<Fact> ordered)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        var firsts = new SortedDictionary<string, StateFirst>(StringComparer.Ordinal);
        foreach (var fact in ordered)
        {
            Widen(firsts, AnyFact, fact);
            if (!string.IsNullOrEmpty(fact.State))
            {
                Widen(firsts, fact.State, fact);
            }
        }

        return firsts;
    }

    public static string Write(IReadOnlyDictionary<string, StateFirst> firsts) => JsonSerializer.Serialize(firsts);

    public static IReadOnlyDictionary<string, StateFirst> Read(string json) =>
        json is "{}" ? new Dictionary<string, StateFirst>() : JsonSerializer.Deserialize<Dictionary<string, StateFirst>>(json)!;

    // Facts come in order, so the first to say a state is the earliest by time.
    private static void Widen(SortedDictionary<string, StateFirst> firsts, string state, Fact fact)
    {
        if (!firsts.TryGetValue(state, out var first))
        {
            firsts[state] = new StateFirst(fact.Order.Time, fact.ReceivedAt, fact.System);
        }
        else if (fact.ReceivedAt < first.ReceivedAt)
        {
            firsts[state] = first with { ReceivedAt = fact.ReceivedAt };
        }
    }
}
