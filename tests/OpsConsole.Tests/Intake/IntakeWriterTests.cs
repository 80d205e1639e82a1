using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsConsole.Events;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;
using OpsConsole.Kpis;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Intake;

/// <summary>What is settled is committed, counted and told apart, on every database.</summary>
public abstract class IntakeWriterTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static string Event(string id, string amount = "5200.00") =>
        EventJson.With("data.amount", amount).Replace("\"e1\"", $"\"{id}\"", StringComparison.Ordinal);

    [StorageFact]
    public async Task The_first_of_an_identity_is_stored_the_same_again_is_a_duplicate_and_another_content_a_conflict()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        var first = await world.Send(Event("a"), Event("a"), Event("b"));
        var second = await world.Send(Event("a", "5.2e3"), Event("b", "1"), Event("c"));

        Assert.Equal([Verdict.Stored, Verdict.Duplicate, Verdict.Stored], first);
        Assert.Equal([Verdict.Duplicate, Verdict.Conflict, Verdict.Stored], second);
    }

    [StorageFact]
    public async Task Received_is_the_sum_of_what_became_of_it()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await world.Send(Event("a"), Event("a"), Event("a", "1"), "{}");

        await using var db = world.Db();
        var count = await db.IntakeCounts.SingleAsync();
        Assert.Equal((1L, 1L, 1L, 1L), (count.Stored, count.Duplicates, count.Conflicts, count.Quarantined));
        Assert.Equal(0, world.Queue.InFlight("events"));
        var hours = await db.SourceHours.ToListAsync();
        Assert.Equal((3L, 1L), (hours.Sum(hour => hour.Events), hours.Sum(hour => hour.Refused)));
    }

    [StorageFact]
    public async Task A_source_whose_facts_come_long_after_they_happened_is_called_late_on_the_board_however_often_it_sends_them()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        var late = Event("a").Replace("2026-03-31T12:00:00.1234567Z", $"{DateTimeOffset.UtcNow.AddHours(-3):O}", StringComparison.Ordinal);

        await world.Send(late);
        await world.Send(late, late, late);

        await using var db = world.Db();
        var source = Assert.Single((await Feeds.Read(db, new KpiOptions(), DateTimeOffset.UtcNow, default)).Late);
        Assert.Equal((EventJson.Anybody.Name, null), (source.Name, source.Usual));
        Assert.InRange(source.Behind, TimeSpan.FromHours(3), TimeSpan.FromHours(3.2));
    }

    [StorageFact]
    public async Task A_source_whose_facts_come_as_they_happen_is_not_late()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await world.Send(Event("a").Replace("2026-03-31T12:00:00.1234567Z", $"{DateTimeOffset.UtcNow:O}", StringComparison.Ordinal));

        await using var db = world.Db();
        var freshness = await Feeds.Read(db, new KpiOptions(), DateTimeOffset.UtcNow, default);
        Assert.Equal((1, 0, 0), (freshness.Sources, freshness.Silent.Count, freshness.Late.Count));
    }

    [StorageFact]
    public async Task What_arrives_is_counted_for_each_unit_by_the_quarter_of_an_hour()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await world.Send(Event("a"), Event("b"), EventJson.With("data.businessUnit", "\"APAC\"").Replace("\"e1\"", "\"c\"", StringComparison.Ordinal), "{}");
        await world.Send(Event("a"));

        await using var db = world.Db();
        var quarters = await db.FeedQuarters.ToListAsync();
        Assert.Equal([("APAC", 1L), ("EMEA", 3L)], quarters.GroupBy(quarter => quarter.Unit).Select(unit => (unit.Key, unit.Sum(quarter => quarter.Facts))).Order());
        Assert.All(quarters, quarter => Assert.InRange(quarter.LastAt - quarter.At, TimeSpan.Zero, TimeSpan.FromMinutes(15)));
    }

    [StorageFact]
    public async Task A_batch_waits_to_be_folded_with_the_facts_that_it_brought()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await world.Send(Event("a"), Event("b"));

        await using var db = world.Db();
        var batch = await db.Batches.SingleAsync();
        Assert.Equal((2, 2), (batch.Facts, await db.Events.CountAsync(fact => fact.BatchId == batch.Id)));
    }

    [StorageFact]
    public async Task What_is_kept_for_the_projector_is_what_is_stored()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        await world.Send(
            Event("a"), Event("b", "\"1.23456789\""), Event("c", "-7e2"),
            EventJson.With("time", "\"2026-03-31T14:00:00.9999999+02:00\"").Replace("\"e1\"", "\"d\"", StringComparison.Ordinal),
            EventJson.With("data.attributes", """{"name": "Grüße \ud83d\ude00 ", "z": 1.10, "a": {"b": []}}""").Replace("\"e1\"", "\"e\"", StringComparison.Ordinal));

        await using var db = world.Db();
        var batch = await db.Batches.SingleAsync();
        var stored = await db.Events.OrderBy(fact => fact.Id).Select(Fact.Of).ToListAsync();
        Assert.Equal(5, stored.Count);
        Assert.Equal(stored.Select(Text), world.Fresh.Find(batch.Id)!.OrderBy(fact => fact.Order.Id, StringComparer.Ordinal).Select(Text));
    }

    // Amounts are the same whatever zeros they end with.
    private static string Text(Fact fact) => JsonSerializer.Serialize(fact with { Amount = fact.Amount + 0.0000m });

    public async Task What_waits_to_be_folded_is_seen_whichever_node_wrote_it()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        var paces = IntakeWorld.OtherNode();

        await world.Send(Event("a"), Event("b"));
        await world.Send(Event("c"));
        await world.Look(paces);
        Assert.Equal((3, 0), (paces.Of("events").Unfolded, paces.Of("spans").Unfolded));

        await using var db = world.Db();
        await db.Batches.Where(batch => batch.Facts == 2).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.FoldedAt, DateTimeOffset.UnixEpoch));
        await world.Look(paces);
        Assert.Equal(1, paces.Of("events").Unfolded);
    }

    [StorageFact]
    public async Task The_same_bad_bytes_stay_one_row_and_a_correct_resend_supersedes_it()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        var bad = EventJson.With("data.outcome", "\"done\"");
        await world.Send(bad, bad);
        await world.Send(bad);

        var resent = await world.Send(EventJson.Right);

        await using var db = world.Db();
        var row = await db.Quarantine.SingleAsync();
        Assert.Equal((Verdict.Stored, 3, QuarantineState.Superseded), (resent[0], row.Seen, row.State));
    }

    [StorageFact]
    public async Task The_same_conflict_again_is_counted_in_its_row()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        await world.Send(Event("a"));
        await world.Send(Event("a", "1"), Event("a", "1"));

        await world.Send(Event("a", "1"));

        await using var db = world.Db();
        Assert.Equal(3, (await db.Conflicts.SingleAsync()).Seen);
    }

    [StorageFact]
    public async Task Identities_compare_byte_for_byte()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        var verdicts = await world.Send(Event("A1"), Event("a1"), Event("A1 "));

        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
    }

    [StorageFact]
    public async Task Many_senders_at_once_store_each_identity_once()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Send(Enumerable.Range(0, 50).Select(n => Event($"e{(n + i) % 60}")))));

        Assert.Equal(60, all.Sum(verdicts => verdicts.Count(verdict => verdict is Verdict.Stored)));
        Assert.Equal(940, all.Sum(verdicts => verdicts.Count(verdict => verdict is Verdict.Duplicate)));
    }

    [StorageFact]
    public async Task A_span_sent_twice_is_stored_once_and_a_failure_once_told_stays_told()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        await world.Settle(Spans("eee19b7ec3c1b174", 0));
        await world.Settle(Spans("eee19b7ec3c1b175", 2));

        var again = Spans("eee19b7ec3c1b174", 0);
        await world.Settle(again);

        await using var db = world.Db();
        Assert.Equal((Verdict.Duplicate, 2), (again.Readings[0].Verdict, await db.Spans.CountAsync()));
        var key = await db.TraceKeys.SingleAsync();
        Assert.Equal(("INV-1", true), (key.Id, key.Failed));
    }

    [StorageFact]
    public async Task New_facts_in_front_hide_no_known_ones_behind_them()
    {
        await using var world = await IntakeWorld.Start(TBrand.Start);
        await world.Send(Event("b"), Event("c"));

        var mixed = await world.Send(Event("a"), Event("b"), Event("c", "1"), Event("d"));

        Assert.Equal([Verdict.Stored, Verdict.Duplicate, Verdict.Conflict, Verdict.Stored], mixed);
        await using var db = world.Db();
        var count = await db.IntakeCounts.SingleAsync();
        Assert.Equal((4L, 1L, 1L), (count.Stored, count.Duplicates, count.Conflicts));
    }

    private static Delivery Spans(string id, int status) => new OtlpReader(Options.Create(new IntakeOptions()), TimeProvider.System).Json(
        Encoding.UTF8.GetBytes(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"" + id
            + "\",\"name\":\"x\",\"startTimeUnixNano\":\"1774958400000000001\",\"attributes\":[{\"key\":\"biz.invoice.id\",\"value\":{\"stringValue\":\"INV-1\"}}],\"status\":{\"code\":" + status + "}}]}]}]}"),
        EventJson.Anybody).Value!;
}

public static class IntakeWriterTests
{
    public sealed class On_postgres : IntakeWriterTests<OnPostgres>;

    public sealed class On_sqlserver : IntakeWriterTests<OnSqlServer>;
}
