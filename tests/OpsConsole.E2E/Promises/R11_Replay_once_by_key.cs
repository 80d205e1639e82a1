using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>At least once, and once by key: the console is killed before a send, after a send and in the middle of a bulk, and goes on by itself.</summary>
public sealed class R11_Replay_once_by_key : Promise
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(Of(5, 30));

    // A bulk may be through before anybody looks again: from a console's start on nothing is applied until then.
    private TaskCompletionSource _paused = new();

    [Fact]
    public Task Killed_before_a_send_after_a_send_and_in_a_bulk_each_item_is_applied_once_and_the_bulk_goes_on() => Keep(async () =>
    {
        await using var stub = await ReplayStub.Start(TimeSpan.FromMilliseconds(2));
        await using var stage = await Stage.Start(BulkCalls.Settings(stub));
        await KilledOnce(stage, stub, "before", kill => stub.OnAsk = kill);
        await KilledOnce(stage, stub, "after", kill => stub.AfterApply = kill);
        var resent = await SentAgain(stage, stub);

        var (items, kills) = Of((300, 2), (10_000, 10));
        var keys = await stage.Fail(items, "BULK");
        var bulk = await stage.StartBulk();
        for (var kill = 1; kill <= kills; kill++)
        {
            var enough = stub.Sends + Random.Shared.Next(1, items / (kills + 1));
            await KilledWhen(stage, stub, _ => stub.Sends >= enough);
            Assert.Equal(0, await stage.Doubled());
        }

        stub.AfterApply = _ => Task.CompletedTask;
        _paused.SetResult();
        await stage.IsDone(bulk, s_patience);
        Assert.Equal(items, await stage.Progress(bulk, "proven"));
        Assert.Empty(stub.Faults(keys));
        Assert.Equal(0, await stage.Doubled());
        Assert.Equal(0, await stage.Exceptions("state=unended"));
        return $"killed before a send and after one, whose target was asked and not sent to again, and after one to a target that cannot be asked ({resent} sends under one key), and {kills} times in a bulk of {items:N0}: each applied once by its key in {stub.Sends:N0} sends, "
            + "never two outstanding for one exception, and the bulk went on by itself";
    });

    /// <summary>From that send on the target answers nothing more until the console is killed: what is on its way then was applied, and nobody was told.</summary>
    private async Task KilledWhen(Stage stage, ReplayStub stub, Func<string, bool> now)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.AfterApply = async key =>
        {
            if (now(key) && !gone.Task.IsCompleted)
            {
                reached.TrySetResult();
                await gone.Task;
            }
        };
        _paused.TrySetResult();
        try
        {
            await reached.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The bulk does not go on.\n{stage.ConsoleTail()}");
        }

        await stage.Kill();
        gone.SetResult();
        var paused = _paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.BeforeApply = _ => paused.Task;
        await stage.StartConsole();
    }

    /// <summary>A target that cannot be asked gets again, under the same key, what was on its way when the console died; a later event proves it. Answers how often it came.</summary>
    private async Task<int> SentAgain(Stage stage, ReplayStub stub)
    {
        var key = (await stage.Fail(1, "BLIND", "blind"))[0];
        var found = (await stage.Get($"/api/v1/exceptions?q={key}"))["items"]![0]!["name"]!.GetValue<string>();
        await stage.Send($"/api/v1/exceptions/{found}/claim");
        var killed = KilledWhen(stage, stub, sent => sent == key);
        await stage.Send($"/api/v1/exceptions/{found}/replay");
        await killed;
        stub.AfterApply = _ => Task.CompletedTask;
        _paused.SetResult();

        await Eventually.Is(() => Task.FromResult(stub.Sent[key] > 1), $"{key} is sent again", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        await stage.Post([BulkCalls.Taken(key)]);
        await Eventually.Is(async () => await stage.Exceptions($"state=unended&q={key}") == 0, $"{key} is proven", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        Assert.Empty(stub.Faults([key]));
        return stub.Sent[key];
    }

    /// <summary>One replay, whose console dies at that moment and is started again. It is proven all the same.</summary>
    private static async Task KilledOnce(Stage stage, ReplayStub stub, string name, Action<Func<string, Task>> at)
    {
        var key = (await stage.Fail(1, name))[0];
        var found = (await stage.Get($"/api/v1/exceptions?q={key}"))["items"]![0]!["name"]!.GetValue<string>();
        await stage.Send($"/api/v1/exceptions/{found}/claim");
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var armed = false;
        at(async what =>
        {
            if (Volatile.Read(ref armed) && what == key && !gone.Task.IsCompleted)
            {
                reached.TrySetResult();
                await gone.Task;
            }
        });
        var asked = 0;
        var hook = stub.OnAsk;
        stub.OnAsk = async what =>
        {
            // The first question is the command's own, which is answered to who asked; the next is the worker's.
            Volatile.Write(ref armed, name is "after" || Interlocked.Increment(ref asked) > 1);
            await hook(what);
        };
        await stage.Send($"/api/v1/exceptions/{found}/replay");
        await reached.Task.WaitAsync(s_patience);

        await stage.Kill();
        gone.SetResult();
        await stage.StartConsole();

        await Eventually.Is(async () => await stage.Exceptions($"state=unended&q={key}") == 0, $"{key} is proven", s_patience, () => Task.FromResult(stage.ConsoleTail()));
        Assert.Empty(stub.Faults([key]));
        (stub.OnAsk, stub.AfterApply) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
    }
}
