using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpsConsole.Web.Shell;

/// <summary>How much one person and one address may ask of the console (<c>Limits</c>). Programs with a key are limited by their source.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Requests a second, each page and each call of the API; what is open over a circuit does not count.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>How many may come at once before that pace holds.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; init; } = 500;

    /// <summary>Files, reports and other exports a minute.</summary>
    [Range(1, 10_000)]
    public int ExportsPerMinute { get; init; } = 60;

    /// <summary>Pages that one person may have open at once.</summary>
    [Range(1, 100_000)]
    public int CircuitsPerPerson { get; init; } = 600;

    /// <summary>Pages that may be open at once from one address: an office behind one address counts as one.</summary>
    [Range(1, 100_000)]
    public int CircuitsPerAddress { get; init; } = 2_000;
}

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
