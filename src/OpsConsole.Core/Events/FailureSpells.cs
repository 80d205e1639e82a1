namespace OpsConsole.Events;

/// <summary>The failure spells of one operation of one object in one system, up to now.</summary>
/// <param name="System">Who refused.</param>
/// <param name="Operation">What failed; empty when the facts name none.</param>
/// <param name="Spells">How many there were, the present one included.</param>
/// <param name="Began">The failure that began the last spell.</param>
/// <param name="Latest">The greatest failure: type and payload follow it.</param>
/// <param name="Ended">The success that ended the last spell; nothing while it is open.</param>
public sealed record FailureRecord(string System, string Operation, int Spells, Fact Began, Fact Latest, Fact? Ended)
{
    public bool Open => Ended is null;
}

/// <summary>
/// Failure spells (wire contract §3.1): the first failure opens one; a success that stands later in the order ends it when it is of the same
/// operation, when the failed one is <c>create</c> (the object evidently exists), or when it names no operation (a statement of the whole
/// state). Pending neither opens nor ends one. A failure after that begins a new spell.
/// </summary>
public static class FailureSpells
{
    private const string Create = "create";

    /// <param name="said">All facts of one object in one system, in the contract's order.</param>
    public static IReadOnlyList<FailureRecord> Fold(IEnumerable<Fact> said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var records = new SortedDictionary<string, FailureRecord>(StringComparer.Ordinal);
        foreach (var fact in said)
        {
            switch (fact.Outcome)
            {
                case SyncOutcome.Failed:
                    records[fact.Operation] = Fail(records.GetValueOrDefault(fact.Operation), fact);
                    break;
                case SyncOutcome.Succeeded when fact.Operation.Length == 0:
                    foreach (var operation in records.Keys.ToList())
                    {
                        End(records, operation, fact);
                    }

                    break;
                case SyncOutcome.Succeeded:
                    End(records, fact.Operation, fact);
                    End(records, Create, fact);
                    break;
                default:
                    break;
            }
        }

        return [.. records.Values];
    }

    private static FailureRecord Fail(FailureRecord? record, Fact fact) => record switch
    {
        null => new FailureRecord(fact.System, fact.Operation, 1, fact, fact, null),
        { Open: true } => record with { Latest = fact },
        _ => record with { Spells = record.Spells + 1, Began = fact, Latest = fact, Ended = null },
    };

    private static void End(SortedDictionary<string, FailureRecord> records, string operation, Fact success)
    {
        if (records.TryGetValue(operation, out var record) && record.Open)
        {
            records[operation] = record with { Ended = success };
        }
    }
}
