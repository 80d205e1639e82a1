using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>Connections that say a byte a second, in headers and in bodies, take nothing from those who work.</summary>
[Collection(Measured.Name)]
public sealed class R8_Slow_clients_starve_nobody : Promise
{
    private static readonly string[] s_pages = ["/sign-in", "/api/v1/exceptions?take=50", "/api/v1/intake", "/livez"];

    [Fact]
    public Task Slow_connections_do_not_slow_the_pages() => Keep(async () =>
    {
        var (count, requests) = (Of(300, 2_000), Of(100, 1_000));
        await using var stage = await Stage.Start();
        await stage.Post(Enumerable.Range(0, 500).Select(i => Load.Failure($"case-{i}")));
        await Pages(stage, requests);
        var without = await Pages(stage, requests);

        await using var slow = new SlowClients(stage.Url, stage.Key, count);
        await Eventually.Is(() => Task.FromResult(slow.Open >= count * 9 / 10), "the slow ones are connected");
        var with = await Pages(stage, requests);

        Assert.True(slow.Rounds > 0, "the slow ones said nothing");
        Assert.True(slow.Open >= count / 2, $"only {slow.Open} slow ones were still connected");

        // A floor, because a scheduler's hiccup of some milliseconds is no starvation.
        var limit = (without * Of(7.5, 1.5)) + TimeSpan.FromMilliseconds(Of(25, 5));
        Assert.True(with <= limit, $"p95 {with.TotalMilliseconds:0.0} ms with {count} slow connections, {without.TotalMilliseconds:0.0} ms without");
        await stage.ConservationHolds();
        return $"{count:N0} slow connections, half in headers, half in bodies: pages' p95 {with.TotalMilliseconds:0.0} ms, {without.TotalMilliseconds:0.0} ms without";
    });

    private static async Task<TimeSpan> Pages(Stage stage, int requests)
    {
        var took = new List<TimeSpan>();
        for (var i = 0; i < requests; i++)
        {
            var since = Stopwatch.GetTimestamp();
            using var answer = await stage.Api.GetAsync(new Uri(s_pages[i % s_pages.Length], UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {s_pages[i % s_pages.Length]}");
            took.Add(Stopwatch.GetElapsedTime(since));
        }

        took.Sort();
        return took[took.Count * 95 / 100];
    }

    /// <summary>Each says a byte in each round; one whom the server has sent away comes again.</summary>
    private sealed class SlowClients : IAsyncDisposable
    {
        private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

        private readonly CancellationTokenSource _enough = new();
        private readonly Socket?[] _sockets;
        private readonly Task _talk;
        private readonly Uri _url;
        private readonly string _key;

        public SlowClients(Uri url, string key, int count)
        {
            (_url, _key, _sockets) = (url, key, new Socket?[count]);
            _talk = Task.Run(Talk);
        }

        public int Open { get; private set; }

        public int Rounds { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _enough.CancelAsync();
            await _talk;
            foreach (var socket in _sockets)
            {
                socket?.Dispose();
            }

            _enough.Dispose();
        }

        private async Task Talk()
        {
            while (!_enough.IsCancellationRequested)
            {
                var open = 0;
                for (var i = 0; i < _sockets.Length && !_enough.IsCancellationRequested; i++)
                {
                    open += await SayOne(i) ? 1 : 0;
                }

                Open = open;
                Rounds++;
                await Task.Delay(s_round, _enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task<bool> SayOne(int i)
        {
            try
            {
                if (_sockets[i] is null)
                {
                    _sockets[i] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await _sockets[i]!.ConnectAsync("127.0.0.1", _url.Port);
                    await _sockets[i]!.SendAsync(Encoding.ASCII.GetBytes(
                        $"POST /v1/events HTTP/1.1\r\nHost: console\r\nAuthorization: Bearer {_key}\r\nContent-Type: {Wire.Batch}\r\n{(i % 2 == 0 ? "X-Slow: " : "Content-Length: 100000\r\n\r\n[")}"));
                    return true;
                }

                await _sockets[i]!.SendAsync(" "u8.ToArray());
                return true;
            }
            catch (SocketException)
            {
                _sockets[i]!.Dispose();
                _sockets[i] = null;
                return false;
            }
        }
    }
}
