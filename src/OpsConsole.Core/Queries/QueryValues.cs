using System.Globalization;

namespace OpsConsole.Queries;

/// <summary>Reads the values of terms.</summary>
internal static class QueryValues
{
    /// <summary>A number, with <c>k</c> or <c>m</c> for thousands or millions; nothing when it is none.</summary>
    public static decimal? Number(string text)
    {
        var factor = text.Length == 0 ? 1m : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => 1_000m,
            'm' => 1_000_000m,
            _ => 1m,
        };
        var digits = factor == 1m ? text : text[..^1];
        return decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e12m ? number * factor : null;
    }

    /// <summary>Milliseconds: <c>250ms</c>, <c>2s</c>, <c>1.5m</c>, <c>1h</c>, <c>2d</c>; nothing when it is no length of time.</summary>
    public static decimal? Duration(string text)
    {
        var letters = text.Length - text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz").Length;
        var factor = text[^letters..] switch
        {
            "ms" => 1m,
            "s" => 1_000m,
            "m" => 60_000m,
            "h" => 3_600_000m,
            "d" => 86_400_000m,
            _ => 0m,
        };
        return factor > 0 && decimal.TryParse(text[..^letters], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000m
            ? number * factor
            : null;
    }

    /// <summary>A day or moment (UTC), <c>today</c>, <c>now</c>, or a span from now like <c>-2d</c>, <c>+4h</c>, <c>-3w</c>; nothing when it is none.</summary>
    public static DateTimeOffset? Moment(string text, DateTimeOffset now)
    {
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return now;
        }

        if (text.Equals("today", StringComparison.OrdinalIgnoreCase))
        {
            return new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        }

        return Span(text) is { } span ? now + span
            : text.Length >= 8 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is > 1900 and < 9000 ? at
            : null;
    }

    private static TimeSpan? Span(string text)
    {
        if (text.Length < 3 || text[0] is not ('-' or '+') || !int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 10_000)
        {
            return null;
        }

        var span = char.ToLowerInvariant(text[^1]) switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            'w' => TimeSpan.FromDays(7 * count),
            _ => (TimeSpan?)null,
        };
        return text[0] is '-' ? -span : span;
    }
}
