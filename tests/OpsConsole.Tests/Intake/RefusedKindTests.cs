using System.Text;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Hooks;
using OpsConsole.Intake.Mappings;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Intake;

/// <summary>Refused facts of a kind are mended, taken in and given up together.</summary>
public abstract class RefusedKindTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Actor s_support = Staff.Root;

    [StorageFact]
    public async Task Facts_refused_for_one_reason_are_one_kind_whatever_place_in_a_list_is_at_fault()
    {
        await using var world = await Start();
        await Send(world, Bad("a", "data.currency", "\"EURO\""), Bad("b", "data.currency", "\"EURO\""), Bad("c", "data.outcome", "\"done\""));
        await Send(world, Bad("d", "data.links", """[{"type": "order"}]"""), Bad("e", "data.links", """[{"type": "order", "id": "1"}, {"type": "order"}]"""));

        var kinds = (await world.Send(new ListRefusedKinds(s_support))).Value!;

        Assert.Equal(
            [("currency-unknown", "currency", 2), ("id-missing", "links.id", 2), ("outcome-unknown", "outcome", 1)],
            kinds.Select(row => (row.Kind.Reason, row.Kind.Field, row.Count)).OrderBy(row => row.Reason));
    }

    [StorageFact]
    public async Task A_patch_mends_all_of_a_kind_hundreds_at_a_time_and_nothing_twice()
    {
        await using var world = await Start();
        await Send(world, [.. Enumerable.Range(0, 600).Select(i => Bad($"e{i}", "data.currency", "\"EURO\""))]);
        var kind = (await world.Send(new ListRefusedKinds(s_support))).Value!.Single().Kind;
        var preview = (await world.Send(new PreviewMend(kind, Euro, s_support))).Value!;
        Assert.All(preview.Items, item => Assert.Null(item.Reason));

        var chunks = await Mend(world, kind, Euro);

        Assert.Equal((3, 600, 0), (chunks.Count, chunks.Sum(chunk => chunk.TakenIn), chunks.Sum(chunk => chunk.Refused.Count)));
        Assert.Equal(0, (await Mend(world, kind, Euro)).Sum(chunk => chunk.TakenIn + chunk.Known));
        await using var db = world.Open();
        Assert.Equal((600, 600), (await db.Events.CountAsync(), await db.Quarantine.CountAsync(q => q.State == QuarantineState.TakenIn && q.SettledBy == s_support.Name)));
        Assert.Contains("\"EURO\"", Encoding.UTF8.GetString((await db.Quarantine.FirstAsync()).Bytes), StringComparison.Ordinal);
        var entry = await db.Audit.SingleAsync(entry => entry.Action == "quarantine.retry-all");
        Assert.Equal("600 facts of samples", entry.Subject);
        Assert.Contains(Euro, entry.Detail, StringComparison.Ordinal);
        var count = await db.IntakeCounts.SingleAsync();
        Assert.Equal((600L, 600L), (count.Stored, count.Quarantined));
    }

    [StorageFact]
    public async Task A_chunk_tells_of_each_that_is_refused_again_and_of_conflicts()
    {
        await using var world = await Start();
        await Send(world, Bad("a", "data.currency", "\"EURO\""), Bad("b", "data.currency", "\"EURO\""));
        var kind = (await world.Send(new ListRefusedKinds(s_support))).Value!.Single().Kind;
        await using (var db = world.Open())
        {
            // Another transport stored one of them meanwhile, with other content; the row stays open, as after a crash.
            await Send(world, EventJson.Right.Replace("\"e1\"", "\"b\"", StringComparison.Ordinal).Replace("5200.00", "1.00", StringComparison.Ordinal));
            await db.Quarantine.ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuarantineState.Open));
        }

        var still = Assert.Single(await Mend(world, kind, """{"data": {"currency": "XYZ"}}"""));
        var mended = Assert.Single(await Mend(world, kind, Euro));

        Assert.Equal(["currency-unknown", "currency-unknown"], still.Refused.Select(refused => refused.Reason));
        Assert.Equal((1, "b", "conflict"), (mended.TakenIn, mended.Refused.Single().EventId, mended.Refused.Single().Reason));
    }

    [StorageFact]
    public async Task What_was_refused_for_its_type_comes_in_once_there_is_a_mapping()
    {
        await using var world = await Start();
        foreach (var id in new[] { "msg_1", "msg_2", "msg_1" })
        {
            Assert.True(await world.Part<IntakeQueue>().Settle(world.Part<HookReader>().Read(
                new HookHead([]) { Id = id }, world.Clock.Now, Encoding.UTF8.GetBytes("""{"type": "invoice.paid", "data": {"object": {"id": "in_1"}}}"""), EventJson.Anybody).Value!));
        }

        var kind = (await world.Send(new ListRefusedKinds(s_support))).Value!.Single();
        Assert.Equal(("unknown-type", "invoice.paid", 2), (kind.Kind.Reason, kind.Kind.Type, kind.Count));
        var set = await world.Send(new SetMapping(
            new MappingDefinition("invoices", "invoice.*", new Pick("invoice"), new Pick("$.data.object.id")) { Outcome = new Pick("succeeded"), Operation = new Pick("pay") }, s_support));
        Assert.True(set.Accepted, set.Refusal?.Message);

        var chunk = Assert.Single(await Mend(world, kind.Kind, null));

        await using var db = world.Open();
        Assert.Equal((2, 2), (chunk.TakenIn, await db.Events.CountAsync(e => e.EntityId == "in_1" && e.Type == "invoice.paid")));
        Assert.Equal(1, (await db.Mappings.SingleAsync()).Version);
    }

    [StorageFact]
    public async Task A_kind_that_is_given_up_keeps_its_bytes_and_says_who_and_why()
    {
        await using var world = await Start();
        await Send(world, [.. Enumerable.Range(0, 30).Select(i => Bad($"e{i}", "data.currency", "\"EURO\""))]);
        var kind = (await world.Send(new ListRefusedKinds(s_support))).Value!.Single().Kind;

        Assert.Equal(RefusalKind.Invalid, (await world.Send(new DiscardKind(kind, " ", s_support))).Refusal?.Kind);
        var discarded = await world.Send(new DiscardKind(kind, "test data", s_support));

        await using var db = world.Open();
        Assert.Equal((30, 30), (discarded.Value!.Discarded, await db.Quarantine.CountAsync(q => q.State == QuarantineState.Discarded && q.SettledBy == s_support.Name)));
        Assert.Contains("test data", (await db.Audit.SingleAsync(entry => entry.Action == "quarantine.discard-all")).Detail, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_parked_fact_waits_to_be_folded_again_once_somebody_says_so()
    {
        await using var world = await Start();
        await Send(world, EventJson.Right);
        await using var db = world.Open();
        var key = await db.Events.Select(e => e.Key).SingleAsync();
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(batch => batch.FoldedAt, world.Clock.Now));
        await db.Dialect.InsertMissing(db, [new ParkedFact { EventKey = key, Reason = "no fold takes it", ParkedAt = world.Clock.Now }], default);
        var id = (await world.Send(new ListQuarantine(null, null, null, null, null, null, 10, s_support))).Value!.Parked.Single().Id;

        var elsewhere = await world.Send(new FoldParked(id, s_support with { Scope = Scope.Of(["ELSEWHERE"]) }));
        var again = await world.Send(new FoldParked(id, s_support));

        var waiting = await db.Batches.AsNoTracking().SingleAsync(batch => batch.FoldedAt == null);
        Assert.Equal((RefusalKind.NotFound, 1, 1), (elsewhere.Refusal?.Kind, again.Value!.Facts, waiting.Facts));
        Assert.Equal((0, waiting.Id), (await db.ParkedFacts.CountAsync(), await db.Events.Select(e => e.BatchId).SingleAsync()));
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new FoldParked(id, s_support))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task Who_does_not_see_the_source_neither_sees_nor_mends_what_it_sent()
    {
        await using var world = await Start();
        await Send(world, Bad("a", "data.currency", "\"EURO\""));
        var kind = (await world.Send(new ListRefusedKinds(s_support))).Value!.Single().Kind;
        var elsewhere = s_support with { Scope = Scope.Of(["ELSEWHERE"]) };

        Assert.Empty((await world.Send(new ListRefusedKinds(elsewhere))).Value!);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new MendKind(kind, Euro, null, elsewhere))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new DiscardKind(kind, "x", elsewhere))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new MendKind(kind, Euro, null, s_support with { Rights = [] }))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task Who_is_turned_away_is_counted_by_hour_and_reason()
    {
        await using var world = await Start();
        var door = world.Part<DoorLog>();
        door.Refused(EventJson.Anybody.SourceId, DoorReason.Full);
        door.Refused(EventJson.Anybody.SourceId, DoorReason.Full);
        await door.Write(default);
        door.Refused(EventJson.Anybody.SourceId, DoorReason.HookSignature);
        door.Refused(EventJson.Anybody.SourceId, DoorReason.Full);
        await door.Write(default);

        var source = (await world.Send(new ListSources(s_support))).Value!.Single(row => row.Name == EventJson.Anybody.Name);

        Assert.Equal([(DoorReason.Full, 3L), (DoorReason.HookSignature, 1L)], source.TurnedAway.Select(away => (away.Reason, away.Count)));
    }

    [StorageFact]
    public async Task A_hook_secret_is_kept_encrypted_and_two_are_alive_while_a_sender_changes_over()
    {
        await using var world = await Start();
        var id = EventJson.Anybody.SourceId;

        var first = (await world.Send(new SetHookSecret(id, null, false, s_support))).Value!;
        var second = (await world.Send(new SetHookSecret(id, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false, s_support))).Value!;

        Assert.Equal((1, 2, null), (first.Alive, second.Alive, second.Secret));
        var door = await world.Part<LiveKeys>().FindHook(EventJson.Anybody.Name, default);
        Assert.Equal(["kept whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", $"kept {first.Secret}"], door!.KeptSecrets);
        Assert.Equal((1, 0), ((await world.Send(new SetHookSecret(id, null, true, s_support))).Value!.Alive, (await world.Send(new SetHookSecret(id, null, true, s_support))).Value!.Alive));
        Assert.Equal(RefusalKind.Invalid, (await world.Send(new SetHookSecret(id, "secret", false, s_support))).Refusal?.Kind);
    }

    private const string Euro = """{"data": {"currency": "EUR"}}""";

    private static string Bad(string id, string path, string json) => EventJson.With(path, json).Replace("\"e1\"", $"\"{id}\"", StringComparison.Ordinal);

    private static async Task<World> Start()
    {
        var world = await World.Start<TBrand>();
        await using var db = world.Open();
        db.Sources.Add(new Source { Id = EventJson.Anybody.SourceId, Name = EventJson.Anybody.Name, Scopes = KeyScopes.All, CreatedAt = world.Clock.Now });
        await db.SaveChangesAsync();
        await world.Receive();
        return world;
    }

    private static async Task Send(World world, params string[] events)
    {
        var read = world.Part<CloudEventReader>().Batch(Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"), EventJson.Anybody);
        Assert.True(await world.Part<IntakeQueue>().Settle(read.Value!));
    }

    private static async Task<List<MendedChunk>> Mend(World world, RefusedKind kind, string? patch)
    {
        var chunks = new List<MendedChunk>();
        do
        {
            var chunk = await world.Send(new MendKind(kind, patch, chunks.LastOrDefault()?.Next, s_support));
            chunks.Add(chunk.Value ?? throw new InvalidOperationException(chunk.Refusal!.Message));
        }
        while (chunks[^1].Next is not null);
        return chunks;
    }
}

public static class RefusedKindTests
{
    public sealed class On_postgres : RefusedKindTests<OnPostgres>;

    public sealed class On_sqlserver : RefusedKindTests<OnSqlServer>;
}
