using System.Diagnostics;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>The database crashes, freezes, is full or takes no writes: the console stays, acknowledges nothing that is not committed, and recovers by itself.</summary>
[Collection(Measured.Name)]
public sealed class R2_Survives_its_database : Promise
{
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(Of(50, 10));
    private readonly History _history = new();
    private TimeSpan _slowest;

    [Fact]
    public Task Whatever_happens_to_the_database_senders_are_asked_to_come_again_and_nothing_is_lost() => Keep(async () =>
    {
        await using var cluster = await Cluster.Start(megabytes: 700);
        await using var stage = await Stage.Start(new StageSettings { Server = cluster.ConnectionString, Environment = new Dictionary<string, string> { ["Intake__Patience"] = "00:00:02" } });
        var process = stage.ConsoleProcess;
        await using var load = new Load([stage.Console], "load", _history);
        var crashes = Of(2, 10);
        for (var crash = 0; crash < crashes; crash++)
        {
            await Flows();
            await cluster.Restart();
            await Recovers(stage);
        }

        await Flows();
        await cluster.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(Of(5, 60)));
        await cluster.Thaw();
        await Recovers(stage);

        await Flows();
        await cluster.ReadOnly(true);
        await Refuses();
        await cluster.ReadOnly(false);
        await Recovers(stage);

        if (cluster.IsSmall)
        {
            await Full(cluster, stage);
        }

        await Flows();
        await load.End();
        Assert.Equal(process, stage.ConsoleProcess);
        await _history.Holds(stage);
        return $"{crashes} crashes, frozen {Of(5, 60)} s, read-only{(cluster.IsSmall ? ", full disk" : ", no full disk (nothing could be mounted)")}; {_history.Acknowledged:N0} acknowledged, 0 lost; "
            + $"{_history.Refused} refusals, all with Retry-After; {_history.Unknown} unanswered; ready again after {_slowest.TotalSeconds:0.0} s at most";
    });

    private async Task Full(Cluster cluster, Stage stage)
    {
        await Flows();
        await cluster.Fill();
        await Refuses();
        cluster.Empty();
        await cluster.BeginAgain();
        await Recovers(stage);
    }

    private Task Flows()
    {
        var enough = _history.Acknowledged + 500;
        return Eventually.Is(() => Task.FromResult(_history.Acknowledged >= enough), "events are acknowledged");
    }

    private Task Refuses()
    {
        var some = _history.Refused + _history.Unknown + 2;
        return Eventually.Is(() => Task.FromResult(_history.Refused + _history.Unknown >= some), "senders are asked to come again");
    }

    /// <summary>Ready, and acknowledging again, soon after the database is back.</summary>
    private async Task Recovers(Stage stage)
    {
        var since = Stopwatch.StartNew();
        var before = _history.Acknowledged;
        await Eventually.Is(async () => await stage.Console.IsReady() && _history.Acknowledged > before, "it is ready and takes events in", s_recovery, () => Task.FromResult(stage.ConsoleTail()));
        _slowest = since.Elapsed > _slowest ? since.Elapsed : _slowest;
    }
}
