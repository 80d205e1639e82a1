using System.Buffers.Text;
using System.Text.Json;

namespace OpsConsole.Basics;

/// <summary>A stretch of a list, paged by keys: rows that come or go between two looks shift nothing.</summary>
/// <param name="Items">The rows, in order.</param>
/// <param name="Total">How many there are in all under the same filter, counted, not guessed.</param>
/// <param name="Next">What to ask with for the rows after these; nothing at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total, string? Next);

/// <summary>Where a page ended: the sort keys of its last row, closed to callers. A torn or foreign one reads as nothing.</summary>
public static class Cursor
{
    /// <summary>The most rows that one answer carries (wire contract §6).</summary>
    public const int MostRows = 500;

    /// <summary>Rows asked for, kept within 1 and <see cref="MostRows"/>.</summary>
    public static int Take(int asked) => Math.Clamp(asked, 1, MostRows);

    public static string Of(params string[] keys) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    /// <param name="cursor">As this class made it, or nothing.</param>
    /// <param name="keys">How many sort keys it must hold at least.</param>
    public static string[]? Read(string? cursor, int keys)
    {
        if (string.IsNullOrEmpty(cursor) || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        try
        {
            var read = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            return read?.Length >= keys ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A moment and a key: the commonest pair.</summary>
    public static string Of(DateTimeOffset at, Guid key) => Of(at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), key.ToString());

    /// <summary>The pair that <see cref="Of(DateTimeOffset, Guid)"/> closed, or nothing.</summary>
    public static (DateTimeOffset At, Guid Key)? ReadPair(string? cursor) =>
        Read(cursor, 2) is [var ticks, var key, ..]
        && long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParse(key, out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;

    /// <summary>A LIKE pattern for whatever begins with the text, to be used with the escape <c>\</c>.</summary>
    public static string Beginning(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal) + "%";
}
