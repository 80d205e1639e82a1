using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace OpsConsole.E2E.Promises;

/// <summary>Offered far more than it can take, the console takes what it can, refuses the rest at once with a time, and lets invoices in before contacts.</summary>
[Collection(Measured.Name)]
public sealed class R9_Back_pressure_not_collapse : Promise
{
    private const int Batch = 20;
    private const int Megabyte = 1 << 20;

    [Fact]
    public Task Ten_times_too_much_is_refused_quickly_and_as_much_is_taken_as_ever() => Keep(async () =>
    {
        // Ten times that is what one machine can offer and answer at once; a slow one, half of it.
        var (capacity, seconds) = Of((200, 12), (400, 30));
        await using var stage = await Stage.Start(new StageSettings
        {
            Environment = new Dictionary<string, string>
            {
                ["Intake__MaxFactsPerSecond"] = capacity.ToString(CultureInfo.InvariantCulture),
                ["Intake__QueueBytes"] = Megabyte.ToString(CultureInfo.InvariantCulture),
                ["Intake__MaxBodyBytes"] = (Megabyte / 4).ToString(CultureInfo.InvariantCulture),
            },
        });
        var invoices = await Source(stage, "invoices", 0);
        var contacts = await Source(stage, "contacts", 2);
        var steps = new List<Step>();
        var history = new History();
        var memory = new List<long>();
        foreach (var times in Of<double[]>([1, 10], [0.5, 1, 2, 5, 10]))
        {
            var step = new Step(stage.Console, history, (int)times == 10 ? [("invoice", invoices), ("contact", contacts)] : [("invoice", invoices)]);
            steps.Add(await step.Offer(times, capacity, TimeSpan.FromSeconds(seconds)));
            memory.Add(stage.Memory);
        }

        await history.Holds(stage);
        var (peak, last) = (steps.Max(step => step.Goodput), steps[^1]);
        Assert.True(last.Goodput >= 0.9 * peak, $"{last.Goodput:0} a second at 10 times, {peak:0} at best");
        Assert.True(last.Refusals > 0, "nothing was refused");
        Assert.True(last.SlowestRefusal < TimeSpan.FromSeconds(Of(5, 1)), $"a refusal took {last.SlowestRefusal}");
        Assert.True(memory[^1] - memory[0] < 100L * Megabyte, $"memory went from {memory[0] / Megabyte} to {memory[^1] / Megabyte} MiB");
        Assert.True(last.Wait("invoice") < last.Wait("contact"), $"invoices waited {last.Wait("invoice").TotalSeconds:0.0} s, contacts {last.Wait("contact").TotalSeconds:0.0} s");
        return $"capacity {capacity}/s; {string.Join(", ", steps.Select(step => $"{step.Times}×: {step.Goodput:0}/s"))}; {last.Refusals:N0} refused, the slowest in {last.SlowestRefusal.TotalMilliseconds:0} ms, all with Retry-After; "
            + $"memory {memory[0] / Megabyte} → {memory[^1] / Megabyte} MiB; at 10× an invoice is in after {last.Wait("invoice").TotalSeconds:0.0} s, a contact after {last.Wait("contact").TotalSeconds:0.0} s";
    });

    /// <summary>A sender of that priority, and its key.</summary>
    private static async Task<string> Source(Stage stage, string name, int priority)
    {
        using var made = await stage.Api.PostAsJsonAsync(new Uri("/api/v1/sources", UriKind.Relative), new { name, scopes = (string[])["events"] });
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!.GetValue<Guid>();
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await using var command = database.CreateCommand("""UPDATE sources SET "Priority" = $1 WHERE "Id" = $2""");
        command.Parameters.Add(new NpgsqlParameter { Value = (short)priority });
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        using var key = await stage.Api.PostAsJsonAsync(new Uri($"/api/v1/sources/{id}/keys", UriKind.Relative), new { });
        return JsonNode.Parse(await key.Content.ReadAsStringAsync())!["key"]!.GetValue<string>();
    }

    /// <summary>Bodies at a fixed rate whatever the answers; a refused one is offered again after a moment until it is in, or the step is over.</summary>
    private sealed class Step(Node node, History history, (string Type, string Key)[] senders)
    {
        private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

        private readonly Dictionary<string, List<TimeSpan>> _waits = senders.ToDictionary(sender => sender.Type, _ => new List<TimeSpan>());
        private int _accepted;
        private int _refusals;
        private bool _over;

        public double Times { get; private set; }

        public double Goodput { get; private set; }

        public int Refusals => _refusals;

        public TimeSpan SlowestRefusal { get; private set; }

        /// <summary>From the first offer to the commit, on average; what never got in waited to the end.</summary>
        public TimeSpan Wait(string type)
        {
            lock (_waits)
            {
                return TimeSpan.FromSeconds(_waits[type].Average(wait => wait.TotalSeconds));
            }
        }

        public async Task<Step> Offer(double times, int capacity, TimeSpan length)
        {
            Times = times;
            var pause = TimeSpan.FromSeconds(Batch / (times * capacity));
            var since = Stopwatch.StartNew();
            var sent = new List<Task>();
            for (var n = 0; since.Elapsed < length; n++)
            {
                var (type, key) = senders[n % senders.Length];
                sent.Add(Send(type, key, $"{type}-{times}-{n}"));
                var due = pause * (n + 1);
                if (due > since.Elapsed)
                {
                    await Task.Delay(due - since.Elapsed);
                }
            }

            Goodput = Volatile.Read(ref _accepted) / since.Elapsed.TotalSeconds;
            _over = true;
            await Task.WhenAll(sent);
            return this;
        }

        private async Task Send(string type, string key, string name)
        {
            var since = Stopwatch.GetTimestamp();
            string[] ids = [.. Enumerable.Range(0, Batch).Select(i => $"{name}-{i}")];
            var body = Encoding.UTF8.GetBytes($"[{string.Join(',', ids.Select(id => Load.Event(id, type)))}]");
            while (!await TrySend(body, key, ids) && !_over)
            {
                await Task.Delay(s_again);
            }

            lock (_waits)
            {
                _waits[type].Add(Stopwatch.GetElapsedTime(since));
            }
        }

        private async Task<bool> TrySend(byte[] body, string key, string[] ids)
        {
            var since = Stopwatch.GetTimestamp();
            using var content = new ByteArrayContent(body);
            try
            {
                var answer = await node.Send("/v1/events", Wire.Batch, content, key: key);
                if (answer.Status == 202)
                {
                    history.Acknowledge(ids);
                    Interlocked.Add(ref _accepted, ids.Length);
                    return true;
                }

                if (answer.Status is not (429 or 503) || !answer.SaysWhen)
                {
                    history.Saw($"{answer.Status}: {answer.Text}");
                }

                history.WasRefused();
                Interlocked.Increment(ref _refusals);
                var took = Stopwatch.GetElapsedTime(since);
                lock (_waits)
                {
                    SlowestRefusal = took > SlowestRefusal ? took : SlowestRefusal;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                history.HeardNothing();
            }

            return false;
        }
    }
}
