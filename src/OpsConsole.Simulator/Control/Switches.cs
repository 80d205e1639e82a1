using System.Collections.Concurrent;
using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Control;

/// <summary>What can be changed while the company runs, and how often each failure was made.</summary>
internal sealed class Switches(SimulatorOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<FailureKind, long> _failures = new();
    private long _erpDownUntil;

    /// <summary>Transactions a minute.</summary>
    public double Speed { get; set; } = options.Speed;

    /// <summary>The ERP answers 429 to everything.</summary>
    public bool ErpThrottled { get; set; }

    /// <summary>Billing answers 503 to everything.</summary>
    public bool BillingDown { get; set; }

    /// <summary>The share of what the ERP takes of which nobody hears: it is written, and the answer comes too late.</summary>
    public double ErpLoses { get; set; }

    /// <summary>The ERP takes what comes at once, without the time that its work takes.</summary>
    public bool ErpHurries { get; set; }

    public bool ErpDown => time.GetUtcNow().UtcTicks < Volatile.Read(ref _erpDownUntil);

    /// <summary>Null: up again at once.</summary>
    public void TakeErpDown(TimeSpan? span) =>
        Volatile.Write(ref _erpDownUntil, span is { } down ? (time.GetUtcNow() + down).UtcTicks : 0);

    public void Count(FailureKind kind)
    {
        if (kind is not FailureKind.None)
        {
            _failures.AddOrUpdate(kind, 1, (_, count) => count + 1);
        }
    }

    public IReadOnlyDictionary<string, long> Failures => _failures.ToDictionary(pair => pair.Key.Spell(), pair => pair.Value, StringComparer.Ordinal);
}
