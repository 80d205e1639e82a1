using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>
/// Writes what has gathered in the queue, events, spans and logs side by side, each by two transactions at a time: while they are under way the next
/// gathers, so a busy queue makes large writes and a quiet one quick answers. Nothing is acknowledged before its commit. When the database is
/// away senders are kept waiting for a while and then asked to come again.
/// </summary>
internal sealed class IntakeWriter(
    IntakeQueue queue, IntakeFlush flush, IntakeMetrics metrics, IDatabaseDialect dialect, WorkSignals signals, FoldPaces paces,
    IOptions<IntakeOptions> options, TimeProvider clock, ILogger<IntakeWriter> log) : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_untilFolded = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_company = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(1);

    private const int CautiousWrites = 50;

    // Of each kind: senders wait for one write and send together when it ends, and the other begins with what comes then.
    private const int Writers = 2;

    private readonly WriteLimit _limit = new(options.Value.MaxFactsPerSecond, clock);
    private volatile bool _away;

    /// <summary>The web server has stopped before; what it handed in is still written.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Side[] sides =
        [
            new Side(queue.Line(FactKind.Events), paces.Of(FactKind.Events), signals.Facts), new Side(queue.Line(FactKind.Spans), paces.Of(FactKind.Spans), signals.Spans),
            new Side(queue.Line(FactKind.Logs), paces.Of(FactKind.Logs), null),
        ];
        return Task.WhenAll(sides.SelectMany(side => Enumerable.Range(0, Writers).Select(_ => Run(side))));
    }

    /// <summary>Not ended by the token but by the queue's end: whoever waits for an answer gets one.</summary>
    private async Task Run(Side side)
    {
        while (await side.Line.Wait(CancellationToken.None))
        {
            var taken = side.Line.Take(_limit.Most(options.Value.BatchSize), lane => side.Line.Closed || side.Pace.Lets(lane));
            if (taken.Count == 0 && side.Line.IsEmpty)
            {
                continue;
            }

            if (taken.Count == 0)
            {
                await Task.Delay(s_untilFolded, clock);
                continue;
            }

            var limit = _limit.Pace(taken.Sum(delivery => delivery.Readings.Count));
            await Settle(side, taken);
            await limit;
        }
    }

    /// <summary>The next fold waits a moment where so much has come during this write that the door is what holds senders up.</summary>
    private void GoFirst(Side side, WorkSignal bell, int bodies, int facts)
    {
        var comes = Math.Max(side.Line.Facts, (long)(side.Line.Bodies - bodies) * facts / bodies);
        if (side.Pace.FoldWaits(_limit.None && comes >= options.Value.BatchSize / 2))
        {
            bell.Hold(s_held);
        }
        else if (_limit.None && facts >= options.Value.BatchSize / 4 && side.Pace.Unfolded <= facts)
        {
            // Much at once after a pause is as a rule the begin of more. While something waits to be folded already the fold is not kept from it.
            bell.Hold(s_company);
        }
        else
        {
            bell.Release();
        }
    }

    private async Task Settle(Side side, List<Delivery> deliveries)
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

            if (await TryWrite(side, deliveries))
            {
                metrics.Settled(deliveries);
                if (side.Bell is { } bell)
                {
                    side.Pace.Wrote(deliveries.Sum(delivery => delivery.Readings.Count(reading => reading.Verdict is Verdict.Stored)));
                    GoFirst(side, bell, deliveries.Count, deliveries.Sum(delivery => delivery.Readings.Count));
                }

                deliveries.ForEach(delivery => delivery.Settle(committed: true));
                side.Bell?.Ring();
                signals.Changes.Ring();
                return;
            }

            await Task.Delay(pause, clock);
        }
    }

    /// <summary>Writes all of it, in parts where one fact spoils the whole. False: not now.</summary>
    private async Task<bool> TryWrite(Side side, List<Delivery> deliveries)
    {
        using var limit = new CancellationTokenSource(options.Value.Patience, clock);
        try
        {
            await Write(side, Portion.Of(deliveries), limit.Token);
            Back();
            return true;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            Away(failure);
            return false;
        }
    }

    private async Task Write(Side side, IReadOnlyList<Portion> portions, CancellationToken cancellationToken)
    {
        for (var caution = side.Cautious > 0 ? Caution.Everything : Caution.FirstOfEachBody; ; caution = Caution.Everything)
        {
            var started = clock.GetTimestamp();
            try
            {
                await flush.Write(portions, caution, cancellationToken);
                side.Cautious = Math.Max(0, side.Cautious - 1);
                metrics.Wrote(clock.GetElapsedTime(started));
                return;
            }
            catch (Exception failure) when (dialect.IsDuplicateKey(failure))
            {
                // One of them is stored: another node was quicker, or a sender mixes old with new. The next round sees it, and so do the next writes.
                side.Cautious = CautiousWrites;
                log.Raced();
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !dialect.IsTransient(failure))
            {
                await flush.Probe(cancellationToken);
                await Divide(side, portions, failure, cancellationToken);
                return;
            }
        }
    }

    /// <summary>The database works but does not take these: halves are tried until the one fact is found that it refuses. That one is quarantined.</summary>
    private async Task Divide(Side side, IReadOnlyList<Portion> portions, Exception failure, CancellationToken cancellationToken)
    {
        var facts = portions.SelectMany(portion => portion.Readings.Select(reading => new Portion(portion.Delivery, [reading]))).ToList();
        if (facts is not [var only])
        {
            await Write(side, facts[..(facts.Count / 2)], cancellationToken);
            await Write(side, facts[(facts.Count / 2)..], cancellationToken);
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

    /// <summary>A span's or a log record's own bytes are not kept; what was made of it tells the same.</summary>
    private static byte[] Bytes(Reading reading) =>
        reading.Span is { } span ? System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(span)
        : reading.Log is { } log ? System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(log)
        : reading.Bytes.ToArray();

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

    /// <summary>One kind of facts: where they wait, how its fold keeps up, and what wakes that, where it is folded.</summary>
    private sealed class Side(IntakeLine line, FoldPace pace, WorkSignal? bell)
    {
        public IntakeLine Line => line;

        public FoldPace Pace => pace;

        public WorkSignal? Bell => bell;

        /// <summary>How many of the next writes look everything up before. Which writer counts it down does not matter.</summary>
        public int Cautious { get; set; }
    }
}
