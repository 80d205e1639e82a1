using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Contracts;
using OpsConsole.Intake;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Intake;

/// <summary>What a contract wants left out or hashed is never stored, and a repeat is a duplicate all the same.</summary>
public abstract class IntakeRulesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Schema = """
        {"type":"object","properties":{"tranId":{"type":"string"},
          "contact":{"type":"object","properties":{"phone":{"type":"string","x-oc-intake":"drop"},"email":{"type":"string","x-oc-intake":"hash"},"iban":{"type":"string","x-oc-intake":"encrypt"}}},
          "notes":{"type":"array","items":{"type":"string","x-oc-intake":"drop"}}}}
        """;

    [StorageFact]
    public async Task It_is_done_before_anything_is_stored_and_equal_values_stay_equal()
    {
        await using var world = await Filled();

        var sent = await world.Send(Event("a"), Event("b"), Event("c", mail: "ben@example.org"));

        Assert.All(sent, verdict => Assert.Equal(Verdict.Stored, verdict));
        await using var db = world.Db();
        var stored = await db.Events.OrderBy(e => e.Id).ToListAsync();
        var payloads = stored.ConvertAll(e => JsonNode.Parse(e.Data)!["payload"]!);
        Assert.All(stored, e => Assert.DoesNotContain(["0049", "anna@", "ben@", "call her", "DE89"], said => Encoding.UTF8.GetString(e.Data).Contains(said, StringComparison.Ordinal) || e.Attributes!.Contains(said, StringComparison.Ordinal)));
        Assert.Null(payloads[0]["contact"]!["phone"]);
        Assert.Equal([null, null], payloads[0]["notes"]!.AsArray());
        var mails = payloads.ConvertAll(payload => (string)payload["contact"]!["email"]!);
        Assert.StartsWith("hash:", mails[0], StringComparison.Ordinal);
        var accounts = payloads.ConvertAll(payload => (string)payload["contact"]!["iban"]!);
        var account = Assert.Single(accounts.Distinct());
        Assert.StartsWith("sealed:", account, StringComparison.Ordinal);
        Assert.Equal("DE89-HIDDEN", FieldSeal.Plain(await world.Key(), account));
        Assert.Equal(mails[0], mails[1]);
        Assert.NotEqual(mails[0], mails[2]);
        Assert.Equal(mails[0], (string)JsonNode.Parse(stored[0].Attributes!)!["email"]!);
    }

    [StorageFact]
    public async Task A_repeat_is_a_duplicate_and_another_content_a_conflict_that_is_kept_without_the_values_too()
    {
        await using var world = await Filled();

        await world.Send(Event("a"));
        var again = await world.Send(Event("a"), Event("a", mail: "ben@example.org"));

        Assert.Equal([Verdict.Duplicate, Verdict.Conflict], again);
        await using var db = world.Db();
        Assert.DoesNotContain("ben@", Encoding.UTF8.GetString((await db.Conflicts.SingleAsync()).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_word_is_refused_when_the_contract_is_published()
    {
        var read = PayloadSchema.Read(Schema.Replace("\"hash\"", "\"hide\"", StringComparison.Ordinal));

        Assert.Contains("must be \"drop\", \"hash\" or \"encrypt\"", read.Refusal!.Message, StringComparison.Ordinal);
    }

    private static string Event(string id, string mail = "anna@example.org")
    {
        var root = JsonNode.Parse(EventJson.With("data.payload", $$"""{"tranId":"INV-1","contact":{"phone":"0049 30 1234","email":"{{mail}}","iban":"DE89-HIDDEN"},"notes":["call her","0049"]}"""))!;
        root["id"] = id;
        root["data"]!["attributes"] = JsonNode.Parse($$"""{"email":"{{mail}}","phone":"0049 30 1234","terms":"NET30"}""");
        return root.ToJsonString();
    }

    private static async Task<IntakeWorld> Filled()
    {
        var world = await IntakeWorld.Start(TBrand.Start);
        await using var db = world.Db();
        db.Contracts.Add(new Contract { Name = "invoice", Label = "Invoice", ObjectType = "invoice", InForce = 1, Latest = 1, UpdatedAt = DateTimeOffset.UnixEpoch, UpdatedBy = "Root" });
        // Another target's contract names the same fields.
        db.Contracts.Add(new Contract { Name = "copy", Label = "Copy", ObjectType = "invoice", InForce = 1, Latest = 1, UpdatedAt = DateTimeOffset.UnixEpoch, UpdatedBy = "Root" });
        db.ContractVersions.Add(new ContractVersion { Contract = "copy", Number = 1, Schema = Schema, Note = "", PublishedAt = DateTimeOffset.UnixEpoch, PublishedBy = "Root" });
        db.ContractVersions.Add(new ContractVersion { Contract = "invoice", Number = 1, Schema = Schema, Note = "", PublishedAt = DateTimeOffset.UnixEpoch, PublishedBy = "Root" });
        await db.SaveChangesAsync();
        return world;
    }
}

public static class IntakeRulesTests
{
    public sealed class On_postgres : IntakeRulesTests<OnPostgres>;

    public sealed class On_sqlserver : IntakeRulesTests<OnSqlServer>;
}
