using System.ComponentModel.DataAnnotations;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Rabbit;

/// <summary>A team's own error or dead-letter queue that the console watches (wire contract §4): every message there becomes an exception. The console takes it from the queue once it is stored.</summary>
public sealed class DeadLetterQueue
{
    /// <summary>The queue's name; the console does not declare it.</summary>
    [Required]
    [StringLength(Columns.Identity)]
    public string Queue { get; init; } = "";

    /// <summary>The registered source in whose name its messages come in; made when there is none.</summary>
    [Required]
    [StringLength(Columns.Code)]
    public string Source { get; init; } = "dead-letters";

    /// <summary>The system that refused the messages, as facts name it.</summary>
    [Required]
    [StringLength(Columns.Identity)]
    public string System { get; init; } = "rabbitmq";

    /// <summary>The type of the business object that messages are about; nothing: each message is a thing of its own, of the type <c>message</c>.</summary>
    public string? EntityType { get; init; }

    /// <summary>The field of a JSON body, or the header, that holds the business object's id. Where it is missing the message is a thing of its own.</summary>
    public string? EntityId { get; init; }

    /// <summary>What was tried; nothing: the routing key.</summary>
    public string? Operation { get; init; }

    public string? BusinessUnit { get; init; }

    /// <summary>The field of a JSON body that holds the amount, with <see cref="Currency"/>.</summary>
    public string? Amount { get; init; }

    /// <summary>The field of a JSON body that holds the currency, or the currency itself.</summary>
    public string? Currency { get; init; }
}
