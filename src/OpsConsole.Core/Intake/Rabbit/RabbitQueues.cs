using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpsConsole.Intake.Rabbit;

/// <summary>The queues of the wire contract §4, by their fixed names.</summary>
internal static class RabbitQueues
{
    public const string Events = "opsconsole.events";
    public const string Poison = "opsconsole.events.poison";

    private const ushort PreconditionFailed = 406;

    /// <summary>Declares both, replicated and durable; what is rejected from the first goes to the second.</summary>
    /// <returns>False when somebody has declared the first one otherwise: then it is used as it is.</returns>
    public static async Task<bool> Declare(IConnection connection, CancellationToken cancellationToken)
    {
        var ours = await TryDeclare(connection, Poison, null, cancellationToken);
        return await TryDeclare(connection, Events, Poison, cancellationToken) && ours;
    }

    private static async Task<bool> TryDeclare(IConnection connection, string name, string? deadLetters, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        if (deadLetters is not null)
        {
            arguments["x-dead-letter-exchange"] = "";
            arguments["x-dead-letter-routing-key"] = deadLetters;
        }

        // A refused declaration costs the channel, so it has one of its own.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            return false;
        }
    }
}
