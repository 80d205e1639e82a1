using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>One body with all its readings, on its way to the database. Whoever hands it in waits for <see cref="Settled"/> before anything is acknowledged.</summary>
public sealed class Delivery(Sender sender, string kind, IReadOnlyList<Reading> readings, DateTimeOffset receivedAt)
{
    private readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Sender Sender => sender;

    /// <summary>A <see cref="FactKind"/>.</summary>
    public string Kind => kind;

    public IReadOnlyList<Reading> Readings => readings;

    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>Who goes first when more waits than one transaction takes.</summary>
    public Lane Lane => sender.Lane;

    /// <summary>True: committed, and every reading has its verdict. False: nothing is promised, the sender is to come again.</summary>
    public Task<bool> Settled => _settled.Task;

    internal void Settle(bool committed) => _settled.TrySetResult(committed);
}
