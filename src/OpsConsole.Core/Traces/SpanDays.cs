using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpsConsole.Traces;

/// <summary>The settings under <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>How many full days spans and logs are kept, by the UTC day of their start or time; those with odd dates by their receipt.</summary>
    [Range(1, 3_650)]
    public int SpanDays { get; init; } = 30;

    /// <summary>How many days events and ended exceptions are kept: 13 months, so that the same month of the year before can still be looked at when a year is closed.</summary>
    [Range(1, 36_500)]
    public int WorkDays { get; init; } = 395;

    /// <summary>How many days notices, letters, reveals and the bytes of mended quarantine are kept.</summary>
    [Range(1, 3_650)]
    public int NoticeDays { get; init; } = 90;

    /// <summary>How many days back it can be asked what the console knew then; former rows that were replaced before are dropped.</summary>
    [Range(1, 3_650)]
    public int PastDays { get; init; } = 400;
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;

/// <summary>Which days of spans and logs have a partition of their own: those that are kept, today, and a few ahead. Whatever else starts stands in the rest.</summary>
/// <param name="From">The first day that is kept.</param>
/// <param name="Today">UTC.</param>
/// <param name="Until">The last day that is prepared.</param>
public sealed record SpanWindow(DateOnly From, DateOnly Today, DateOnly Until)
{
    private const int DaysAhead = 3;

    public static SpanWindow Of(DateTimeOffset now, int kept)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new SpanWindow(today.AddDays(-kept), today, today.AddDays(DaysAhead));
    }

    /// <summary>What was received before is old whatever its date says.</summary>
    public DateTimeOffset ReceivedFrom => new(From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
