using System.Text.Json;

namespace OpsConsole.Simulator.Outbox;

/// <summary>What the console has answered so far, by its own counting.</summary>
internal sealed class OutboxCounts
{
    private readonly Lock _gate = new();
    private Snapshot _now = new(0, 0, 0, 0, 0, 0, 0);

    public Snapshot Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public void Retried() => Change(now => now with { Retries = now.Retries + 1 });

    public void Unreadable() => Change(now => now with { Unreadable = now.Unreadable + 1 });

    public void Acknowledged(string answer, int sent)
    {
        var said = Read(answer) ?? new Answer(0, 0, null, null);
        Change(now => now with
        {
            Sent = now.Sent + sent,
            Accepted = now.Accepted + said.Accepted,
            Duplicates = now.Duplicates + said.Duplicates,
            Conflicts = now.Conflicts + (said.Conflicts?.Length ?? 0),
            Quarantined = now.Quarantined + (said.Quarantined?.Length ?? 0),
        });
    }

    private static Answer? Read(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(answer, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Change(Func<Snapshot, Snapshot> change)
    {
        lock (_gate)
        {
            _now = change(_now);
        }
    }

    internal sealed record Snapshot(long Sent, long Accepted, long Duplicates, long Conflicts, long Quarantined, long Retries, long Unreadable);

    private sealed record Answer(long Accepted, long Duplicates, JsonElement[]? Conflicts, JsonElement[]? Quarantined);
}
