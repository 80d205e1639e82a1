using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>
/// Writes what has gathered in the queue, one transaction at a time: while one is under way the next gathers, so a busy queue makes large
/// writes and a quiet one quick answers. Nothing is acknowledged before its commit. When the database is away senders are kept waiting for
/// a while and then asked to come again.
/// </summary>
internal sealed class IntakeWriter(
    IntakeQueue queue, IntakeFlush flush, IntakeMetrics metrics, IDatabaseDialect dialect, WorkSignals signals,
    IOptions<IntakeOptions> options, TimeProvider clock, ILogger<IntakeWriter> log) : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private const int CautiousWrites = 50;

    // Where the rate is limited: a whole second at once would come in lumps, and single bodies would leave lanes no shares.
    private const int WritesASecond = 2;

    private bool _away;
    private int _cautious;

    /// <summary>The web server has stopped before; what it handed in is still written.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not ended by the token but by the queue's end: whoever waits for an answer gets one.
        while (await queue.Wait(CancellationToken.None))
        {
            var most = options.Value.MaxFactsPerSecond ?? int.MaxValue;
            var taken = queue.Take(Math.Min(options.Value.BatchSize, Math.Max(1, most / WritesASecond)));
            var pace = Pace(taken, most);
            await Settle(taken);
            await pace;
        }
    }

    /// <summary>The time that so many facts may take: what was written in less waits for the rest of it.</summary>
    private Task Pace(List<Delivery> taken, int mostInASecond) =>
        mostInASecond == int.MaxValue ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds((double)taken.Sum(delivery => delivery.Readings.Count) / mostInASecond), clock);

    private async Task Settle(List<Delivery> deliveries)
    {
        for (var pause = s_firstPause; ; pause = Longer(pause))
        {
            if (_away)
            {
                GiveUpLate(deliveries);
            }

            if (deliveries.Count == 0)
            {
                return;
            }

            if (await TryWrite(deliveries))
            {
                metrics.Settled(deliveries);
                deliveries.ForEach(delivery => delivery.Settle(committed: true));
                signals.Facts.Ring();
                signals.Spans.Ring();
                signals.Changes.Ring();
                return;
            }

            await Task.Delay(pause, clock);
        }
    }

    /// <summary>Writes all of it, in parts where one fact spoils the whole. False: not now.</summary>
    private async Task<bool> TryWrite(List<Delivery> deliveries)
    {
        using var limit = new CancellationTokenSource(options.Value.Patience, clock);
        try
        {
            await Write(Portion.Of(deliveries), limit.Token);
            Back();
            return true;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            Away(failure);
            return false;
        }
    }

    private async Task Write(IReadOnlyList<Portion> portions, CancellationToken cancellationToken)
    {
        for (var caution = _cautious > 0 ? Caution.Everything : Caution.FirstOfEachBody; ; caution = Caution.Everything)
        {
            var started = clock.GetTimestamp();
            try
            {
                await flush.Write(portions, caution, cancellationToken);
                _cautious = Math.Max(0, _cautious - 1);
                metrics.Wrote(clock.GetElapsedTime(started));
                return;
            }
            catch (Exception failure) when (dialect.IsDuplicateKey(failure))
            {
                // One of them is stored: another node was quicker, or a sender mixes old with new. The next round sees it, and so do the next writes.
                _cautious = CautiousWrites;
                log.Raced();
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !dialect.IsTransient(failure))
            {
                await flush.Probe(cancellationToken);
                await Divide(portions, failure, cancellationToken);
                return;
            }
        }
    }

    /// <summary>The database works but does not take these: halves are tried until the one fact is found that it refuses. That one is quarantined.</summary>
    private async Task Divide(IReadOnlyList<Portion> portions, Exception failure, CancellationToken cancellationToken)
    {
        var facts = portions.SelectMany(portion => portion.Readings.Select(reading => new Portion(portion.Delivery, [reading]))).ToList();
        if (facts is not [var only])
        {
            await Write(facts[..(facts.Count / 2)], cancellationToken);
            await Write(facts[(facts.Count / 2)..], cancellationToken);
            return;
        }

        var (delivery, reading) = (only.Delivery, only.Readings[0]);
        if (reading.Refused is not null)
        {
            throw new InvalidOperationException("A fact can be neither stored nor quarantined.", failure);
        }

        log.NotStorable(failure, delivery.Sender.Name, delivery.Kind);
        reading.Refuse(Quarantine.Of(
            delivery.Kind, delivery.Sender, "not-storable", "event: is readable, but the database does not take it; see the log of the console",
            CloudEvents.CloudEventReader.StructuredType, Bytes(reading), delivery.ReceivedAt, reading.Event?.Source, reading.Event?.Id));
        await flush.Write(facts, Caution.Everything, cancellationToken);
    }

    /// <summary>A span's own bytes are not kept; what was made of it tells the same.</summary>
    private static byte[] Bytes(Reading reading) =>
        reading.Span is { } span ? System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(span) : reading.Bytes.ToArray();

    private void GiveUpLate(List<Delivery> deliveries)
    {
        var latest = clock.GetUtcNow() - options.Value.Patience;
        foreach (var late in deliveries.Where(delivery => delivery.ReceivedAt <= latest))
        {
            late.Settle(committed: false);
        }

        deliveries.RemoveAll(delivery => delivery.ReceivedAt <= latest);
    }

    private void Away(Exception failure)
    {
        if (!_away)
        {
            _away = true;
            log.DatabaseAway(failure);
        }
    }

    private void Back()
    {
        if (_away)
        {
            _away = false;
            log.DatabaseBack();
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
