using OpsConsole.Sources;
using RabbitMQ.Client;

namespace OpsConsole.Intake.Rabbit;

/// <summary>A queue that is taken in, in whose name, and how its messages are read.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Source">In whose name its messages come in.</param>
/// <param name="Ours">The console declares it, and what it rejects goes to the poison queue. A team's own queue is only read: what cannot be read is in the quarantine.</param>
/// <param name="Read">A message → facts.</param>
internal sealed record QueueFeed(string Queue, RabbitSource Source, bool Ours, Func<IReadOnlyBasicProperties, ReadOnlyMemory<byte>, Sender, Delivery> Read);
