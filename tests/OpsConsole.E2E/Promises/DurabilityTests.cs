using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>What was acknowledged is there, whatever happens to the process the moment after.</summary>
public class DurabilityTests
{
    private static readonly TimeSpan s_gracefulStop = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_stored_twice_when_the_process_is_killed_again_and_again()
    {
        await using var stage = await Stage.Start();
        var acknowledged = new ConcurrentBag<string>();
        for (var kill = 0; kill < 3; kill++)
        {
            await using var load = new Load(stage, $"kill-{kill}", acknowledged);
            await Eventually.Is(() => Task.FromResult(load.Acknowledged >= 1_000 * (kill + 1)), "enough events are acknowledged");

            await stage.Kill();

            await load.End();
            await stage.StartConsole();
        }

        Assert.Equal(new Receipt(0, acknowledged.Count, 0, 0), await stage.Post(acknowledged));
        await stage.ConservationHolds();
    }

    [Fact]
    public async Task Asked_to_stop_under_load_it_ends_by_itself_and_keeps_what_it_acknowledged()
    {
        await using var stage = await Stage.Start();
        var acknowledged = new ConcurrentBag<string>();
        await using var load = new Load(stage, "stop", acknowledged);
        await Eventually.Is(() => Task.FromResult(load.Acknowledged >= 1_000), "enough events are acknowledged");

        var endedByItself = await stage.Stop(s_gracefulStop);

        await load.End();
        Assert.True(endedByItself, stage.ConsoleTail());
        await stage.StartConsole();
        Assert.Equal(new Receipt(0, acknowledged.Count, 0, 0), await stage.Post(acknowledged));
    }

    /// <summary>Two senders that send new events until the console is gone or nobody needs them any more.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private const int BatchSize = 50;

        private readonly CancellationTokenSource _enough = new();
        private readonly ConcurrentBag<string> _acknowledged;
        private readonly Task _senders;
        private int _number;

        public Load(Stage stage, string name, ConcurrentBag<string> acknowledged)
        {
            _acknowledged = acknowledged;
            _senders = Task.WhenAll(Send(stage, name), Send(stage, name));
        }

        public int Acknowledged => _acknowledged.Count;

        public async Task End()
        {
            await _enough.CancelAsync();
            await _senders;
        }

        public async ValueTask DisposeAsync()
        {
            await End();
            _enough.Dispose();
        }

        private async Task Send(Stage stage, string name)
        {
            while (!_enough.IsCancellationRequested)
            {
                var first = Interlocked.Add(ref _number, BatchSize) - BatchSize;
                var batch = Enumerable.Range(first, BatchSize).Select(number => Event($"{name}-{number}")).ToArray();
                try
                {
                    var receipt = await stage.PostBatch(batch);
                    Assert.Equal(BatchSize, receipt.Accepted);
                }
                catch (HttpRequestException failure) when (failure.StatusCode is null or HttpStatusCode.ServiceUnavailable)
                {
                    return; // The console is gone or about to be; whether these are stored is unknown.
                }

                foreach (var sent in batch)
                {
                    _acknowledged.Add(sent);
                }
            }
        }

        private static string Event(string id) => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"specversion":"1.0","id":"{{{id}}}","source":"urn:test:load","type":"opsconsole.sync.v1","time":"2026-03-01T01:00:00Z",
             "data":{"entity":{"type":"invoice","id":"{{{id}}}"},"system":"erp","operation":"create","outcome":"succeeded","state":"posted"}}
            """);
    }
}
