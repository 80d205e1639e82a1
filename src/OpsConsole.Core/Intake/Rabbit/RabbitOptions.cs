using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Rabbit;

/// <summary>The settings under <c>RabbitMq</c>.</summary>
public sealed class RabbitOptions : IValidatableObject
{
    public const string Section = "RabbitMq";

    /// <summary>The broker whose queue is taken in: <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps</c>. Nothing: none.</summary>
    public string? Uri { get; init; }

    /// <summary>The registered source in whose name its messages come in; made when there is none, with the scope <c>events</c>. Its rules are a key's.</summary>
    [Required]
    [StringLength(Columns.Code)]
    public string Source { get; init; } = "rabbitmq";

    /// <summary>The most messages that are held without being acknowledged; so many can be written together.</summary>
    [Range(1, 50_000)]
    public int Prefetch { get; init; } = 2_000;

    /// <summary>A team's own error or dead-letter queues whose messages become exceptions.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<DeadLetterQueue> DeadLetters { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Uri) && !(System.Uri.TryCreate(Uri, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"))
        {
            yield return new ValidationResult($"{Section}:{nameof(Uri)} must be like amqp://user:password@host:5672/vhost.", [nameof(Uri)]);
        }
    }
}

[OptionsValidator]
public sealed partial class RabbitOptionsValidator : IValidateOptions<RabbitOptions>;
