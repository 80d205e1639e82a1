using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Simulator;

/// <summary>Section <c>Simulator</c>: where the console is, how busy the company is, and how often it fails.</summary>
public sealed class SimulatorOptions : IValidatableObject
{
    public const string Section = "Simulator";

    /// <summary>The console's address without a path. Events go to /v1/events below it, spans to /v1/traces, logs to /v1/logs.</summary>
    [Required]
    public Uri ConsoleUrl { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>A source key with the scopes traces and events.</summary>
    [Required]
    public string ConsoleKey { get; init; } = "";

    /// <summary>The same seed makes the same business decisions.</summary>
    public long Seed { get; init; } = 20261031;

    /// <summary>Business transactions a minute. 0: none by itself, only what /control/fail asks for.</summary>
    [Range(0, 6000)]
    public double Speed { get; init; } = 30;

    /// <summary>Whether its night desk, a program, claims large exceptions and prepares them for approval.</summary>
    public bool NightDesk { get; init; } = true;

    /// <summary>Stop starting transactions after so many. 0: never.</summary>
    [Range(0, long.MaxValue)]
    public long StopAfter { get; init; }

    /// <summary>Transactions of the past, created once at the first start so that a board has a trend.</summary>
    [Range(0, 20_000)]
    public int Backfill { get; init; } = 200;

    /// <summary>Over how many past days the backfill is spread.</summary>
    [Range(1, 365)]
    public int BackfillDays { get; init; } = 14;

    /// <summary>Where the past ends. Absent: the moment of the first start, remembered in the state folder.</summary>
    public DateTimeOffset? BackfillUntil { get; init; }

    /// <summary>What the company remembers between two starts: its numbers, the records of ERP and billing, unsent events.</summary>
    [Required]
    public string StateFolder { get; init; } = ".dev/simulator";

    /// <summary>How long the simulator waits at start for the console to be ready before it works without it.</summary>
    [Range(0, 600)]
    public int WaitForConsoleSeconds { get; init; } = 60;

    /// <summary>How long the middleware waits for an answer of the ERP.</summary>
    [Range(100, 60_000)]
    public int TimeoutMs { get; init; } = 2_000;

    public FailureRates Rates { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ConsoleUrl.IsAbsoluteUri || ConsoleUrl.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"{Section}:{nameof(ConsoleUrl)} must be an absolute http or https address.", [nameof(ConsoleUrl)]);
        }

        foreach (var fault in Rates.Faults())
        {
            yield return new ValidationResult($"{Section}:{nameof(Rates)}:{fault}", [nameof(Rates)]);
        }
    }
}
