using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake;

/// <summary>One body with all its readings, on its way to the database. Whoever hands it in waits for <see cref="Settled"/> before anything is acknowledged.</summary>
public sealed class Delivery : IDisposable
{
    private readonly IDisposable? _texts;
    private readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Delivery(Sender sender, string kind, IReadOnlyList<Reading> readings, DateTimeOffset receivedAt)
        : this(sender, kind, readings, receivedAt, null)
    {
    }

    /// <param name="sender">Whose key brought it.</param>
    /// <param name="kind">A <see cref="FactKind"/>.</param>
    /// <param name="readings">All its facts, in the body's order.</param>
    /// <param name="receivedAt">UTC, to the microsecond.</param>
    /// <param name="texts">What the readings lean on beside the body; given back with the delivery.</param>
    internal Delivery(Sender sender, string kind, IReadOnlyList<Reading> readings, DateTimeOffset receivedAt, IDisposable? texts) =>
        (Sender, Kind, Readings, ReceivedAt, _texts) = (sender, kind, readings, receivedAt, texts);

    public Sender Sender { get; }

    /// <summary>A <see cref="FactKind"/>.</summary>
    public string Kind { get; }

    public IReadOnlyList<Reading> Readings { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Who goes first when more waits than one transaction takes.</summary>
    public Lane Lane => Sender.Lane;

    /// <summary>True: committed, and every reading has its verdict. False: nothing is promised, the sender is to come again.</summary>
    public Task<bool> Settled => _settled.Task;

    /// <summary>Only when it is settled: until then the writer reads it.</summary>
    public void Dispose() => _texts?.Dispose();

    internal void Settle(bool committed) => _settled.TrySetResult(committed);
}
