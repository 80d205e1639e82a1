namespace OpsConsole.Tests.Samples;

internal static class Shuffle
{
    /// <summary>All orders of the items, in lexical order of their places.</summary>
    public static IEnumerable<IReadOnlyList<T>> Orders<T>(IReadOnlyList<T> items)
    {
        if (items.Count <= 1)
        {
            yield return items;
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var rest in Orders(items.Where((_, at) => at != i).ToList()))
            {
                yield return [items[i], .. rest];
            }
        }
    }

    /// <summary>The items in a random order with every third one sent twice.</summary>
    public static IReadOnlyList<T> WithRepetitions<T>(IReadOnlyList<T> items, Random random)
    {
        var shuffled = items.Concat(items.Where((_, i) => i % 3 == 0)).ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
