namespace OpsConsole.Events;

/// <summary>
/// The order of facts: (time, source, sequence, id), bytes for the last three, an absent sequence lowest (wire contract §3.1, Order).
/// It does not know when a fact arrived, so every arrival order ends in the same state.
/// </summary>
public readonly record struct FactOrder(DateTimeOffset Time, string Source, string? Sequence, string Id) : IComparable<FactOrder>
{
    public int CompareTo(FactOrder other)
    {
        var byTime = Time.CompareTo(other.Time);
        if (byTime != 0)
        {
            return byTime;
        }

        var bySource = Bytes(Source, other.Source);
        if (bySource != 0)
        {
            return bySource;
        }

        var bySequence = (Sequence, other.Sequence) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            ({ } mine, { } theirs) => Bytes(mine, theirs),
        };
        return bySequence != 0 ? bySequence : Bytes(Id, other.Id);
    }

    public static bool operator <(FactOrder left, FactOrder right) => left.CompareTo(right) < 0;

    public static bool operator >(FactOrder left, FactOrder right) => left.CompareTo(right) > 0;

    public static bool operator <=(FactOrder left, FactOrder right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FactOrder left, FactOrder right) => left.CompareTo(right) >= 0;

    /// <summary>Compares as UTF-8 bytes would, without making them: UTF-16 order, but surrogates stand above the rest of the basic plane.</summary>
    public static int Bytes(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var shorter = Math.Min(left.Length, right.Length);
        for (var i = 0; i < shorter; i++)
        {
            if (left[i] != right[i])
            {
                return Rank(left[i]).CompareTo(Rank(right[i]));
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
