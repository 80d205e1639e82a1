using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpsConsole.Intake;

/// <summary>The settings under <c>Intake</c>.</summary>
public sealed class IntakeOptions : IValidatableObject
{
    public const string Section = "Intake";

    /// <summary>What may wait in memory, in bytes of bodies after decompression. Beyond it a sender is asked to come again (429).</summary>
    [Range(1L << 20, 1L << 34)]
    public long QueueBytes { get; init; } = 256L << 20;

    /// <summary>The most facts that one transaction writes; a body is never split over two.</summary>
    [Range(1, 50_000)]
    public int BatchSize { get; init; } = 2_000;

    /// <summary>Writes no more than this, for a machine that is shared and for trying overload; nothing: as much as it can.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxFactsPerSecond { get; init; }

    /// <summary>How many stored events may wait to be folded before the door waits for the fold; a few seconds' work. Lanes wait earlier as <c>Lanes:RefuseAbove</c> says.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxUnfoldedEvents { get; init; } = 50_000;

    /// <summary>The same of spans, of which far more are folded in a second.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxUnfoldedSpans { get; init; } = 200_000;

    /// <summary>How long a stored fact may wait because the fold lets a busy door go first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxFoldDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Of one body, after decompression.</summary>
    [Range(1L << 10, 1L << 30)]
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>Of one web-hook. Its sender is known by a signature over the body, so the body is read before he is.</summary>
    [Range(1L << 10, 16L << 20)]
    public long MaxHookBytes { get; init; } = 1L << 20;

    /// <summary>How far from now a web-hook may say that it was sent, so that a recorded one cannot be sent again later.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan HookTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How deep one event may be nested.</summary>
    [Range(8, 1_000)]
    public int MaxDepth { get; init; } = 64;

    /// <summary>How long a sender is kept waiting for the commit while the database does not answer; then it is asked to come again (503).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A port of its own on which OTLP is answered too (4318 is what stock exporters expect); nothing: none.</summary>
    [Range(1, 65_535)]
    public int? OtlpPort { get; init; }

    /// <summary>Span and resource attributes that name a business object: <c>netsuite.tranid</c> → <c>invoice</c>.</summary>
    public Dictionary<string, string> Mappings { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxBodyBytes > QueueBytes)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(MaxBodyBytes)} ({MaxBodyBytes}) must fit in {Section}:{nameof(QueueBytes)} ({QueueBytes}).",
                [nameof(MaxBodyBytes)]);
        }

        foreach (var (attribute, type) in Mappings)
        {
            if (!EntityTypes.IsValid(type))
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(Mappings)}:{attribute} ({type}) must be an entity type: a small letter, then up to 63 of a-z, 0-9 and -.",
                    [nameof(Mappings)]);
            }
        }
    }
}

[OptionsValidator]
public sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
