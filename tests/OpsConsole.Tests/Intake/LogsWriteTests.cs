using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Intake.Otlp;
using OpsConsole.Live;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Intake;

/// <summary>Log records are settled as spans are: committed, counted, and the same twice is one.</summary>
public abstract class LogsWriteTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task The_same_record_sent_twice_is_stored_once_and_counted_as_a_duplicate()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await Send(world, Record(1), Record(2), Record(2));
        await Send(world, Record(2), Record(3), Record(1));

        await using var db = world.Db();
        var count = await db.IntakeCounts.SingleAsync();
        Assert.Equal(("logs", 3L, 3L, 0L, 0L), (count.Kind, count.Stored, count.Duplicates, count.Conflicts, count.Quarantined));
        Assert.Equal(3, await db.Logs.CountAsync());
        Assert.Equal(6, (await db.SourceHours.SingleAsync()).Logs);
    }

    [StorageFact]
    public async Task One_with_a_bad_id_spoils_nothing_and_one_without_a_trace_is_stored_and_counted()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await Send(world, Record(1), Record(2, trace: "0102"), Record(3, trace: ""));

        await using var db = world.Db();
        var count = await db.IntakeCounts.SingleAsync();
        Assert.Equal((2L, 1L), (count.Stored, count.Quarantined));
        Assert.Equal((1, 1), (await db.Logs.CountAsync(log => log.TraceId == null), await db.Logs.CountAsync(log => log.TraceId != null)));
        Assert.Equal("logs", (await db.Quarantine.SingleAsync()).Kind);
    }

    [StorageFact]
    public async Task Nothing_of_them_waits_to_be_folded_and_the_trace_is_announced()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await Send(world, Record(1));

        await using var db = world.Db();
        Assert.Equal(0, await db.Batches.CountAsync());
        Assert.Equal([LiveTopic.Intake, LiveTopic.Traces], (await db.Changes.Select(change => change.Topic).ToListAsync()).Order(StringComparer.Ordinal));
    }

    private static async Task Send(IntakeWorld world, params IEnumerable<string> records)
    {
        var body = $$"""{"resourceLogs": [{"scopeLogs": [{"logRecords": [{{string.Join(',', records)}}]}]}]}""";
        using var delivery = new OtlpLogReader(TimeProvider.System).Json(Encoding.UTF8.GetBytes(body), EventJson.Anybody).Value!;
        Assert.True(await world.Settle(delivery));
    }

    private static string Record(int number, string trace = "5b8efff798038103d269b633813fc60c") =>
        $$"""{"timeUnixNano": "{{(1774958400000000000 + number).ToString(CultureInfo.InvariantCulture)}}", "severityNumber": 9, "body": {"stringValue": "said"}, "traceId": "{{trace}}"}""";
}

public static class LogsWriteTests
{
    public sealed class On_postgres : LogsWriteTests<OnPostgres>;

    public sealed class On_sqlserver : LogsWriteTests<OnSqlServer>;
}
