namespace OpsConsole.Intake.CloudEvents;

/// <summary>Why one event cannot be taken: the first thing that is wrong with it. Reading goes on after it, so that as much of the identity as possible is known.</summary>
internal sealed class Faults
{
    private const int LongestQuote = 60;

    /// <summary>A stable word: <c>amount-unreadable</c>.</summary>
    public string? Reason { get; private set; }

    /// <summary>The field and what would be right.</summary>
    public string Message { get; private set; } = "";

    public bool Any => Reason is not null;

    public void Add(string reason, string field, string wanted)
    {
        if (Reason is null)
        {
            Reason = reason;
            Message = $"{field}: {wanted}";
        }
    }

    /// <summary>A value as a message may show it: short, and without control characters.</summary>
    public static string Quote(ReadOnlySpan<char> value)
    {
        var shown = value.Length > LongestQuote ? $"{value[..LongestQuote]}…" : value.ToString();
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c))}\"";
    }
}
