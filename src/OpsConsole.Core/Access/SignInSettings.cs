using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Access;

/// <summary>Who must have a second factor: an authenticator app or a passkey.</summary>
public enum FactorDuty
{
    /// <summary>Nobody must.</summary>
    Optional,
    ApproversAndAdministrators,
    Everybody,
}

/// <summary>How people sign in, and for how long that holds.</summary>
public sealed class SignInSettings : IValidatableObject
{
    public const string Section = "SignIn";

    /// <summary>After so long without anything that the person does, a session is over.</summary>
    [Range(1, 24 * 60)]
    public double IdleMinutes { get; init; } = 60;

    /// <summary>After so long it is over in any case.</summary>
    [Range(0.1, 7 * 24)]
    public double AbsoluteHours { get; init; } = 12;

    /// <summary>For how long it holds that somebody showed that it is them, before what counts most.</summary>
    [Range(0.05, 24 * 60)]
    public double ConfirmMinutes { get; init; } = 15;

    /// <summary>Who must have one and has none is led to enrol before anything else. Who comes through the company's provider is its business.</summary>
    public FactorDuty SecondFactor { get; init; }

    /// <summary>A file of passwords known from breaches, as the Have I Been Pwned downloader writes it (SHA-1, in order); nothing: only common ones are refused.</summary>
    public string? BreachedPasswords { get; init; }

    /// <summary>The company's identity provider, if there is one.</summary>
    public ProviderSettings Provider { get; init; } = new();

    internal TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    internal TimeSpan Absolute => TimeSpan.FromHours(AbsoluteHours);

    internal TimeSpan Confirmed => TimeSpan.FromMinutes(ConfirmMinutes);

    internal bool NeedsFactor(IEnumerable<Role> roles) =>
        SecondFactor is FactorDuty.Everybody || (SecondFactor is FactorDuty.ApproversAndAdministrators && roles.Any(role => role is Role.Approver or Role.Administrator));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Idle > Absolute)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(IdleMinutes)} ({IdleMinutes}) must not be longer than {Section}:{nameof(AbsoluteHours)} ({AbsoluteHours}).", [nameof(IdleMinutes)]);
        }

        if (BreachedPasswords is { Length: > 0 } file && !File.Exists(file))
        {
            yield return new ValidationResult($"{Section}:{nameof(BreachedPasswords)} ({file}) is not there, or cannot be read.", [nameof(BreachedPasswords)]);
        }

        foreach (var fault in Provider.Faults())
        {
            yield return new ValidationResult(fault, [nameof(Provider)]);
        }
    }
}
