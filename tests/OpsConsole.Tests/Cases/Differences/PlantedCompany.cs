using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Cases.Differences;

/// <summary>One cause that is planted: which mark its exceptions bear, how many of them do, and by which field the analysis must name it.</summary>
/// <param name="Field">As <c>Difference.Field</c> says it.</param>
/// <param name="Share">Of the failed that bear it, 0 to 1; of the others the company decides.</param>
/// <param name="Bear">Makes an invoice bear the mark.</param>
internal sealed record PlantedCause(string Field, double Share, Action<PlantedInvoice> Bear);

/// <summary>An invoice of a company whose fields hang together as they do in life: a region has its entities and currency, entities their terms.</summary>
internal sealed class PlantedInvoice
{
    private static readonly (string Unit, string Region, string Entity, string Currency, double Weight)[] s_places =
    [
        ("EMEA", "DE", "DE01", "EUR", .15), ("EMEA", "DE", "DE02", "EUR", .08), ("EMEA", "FR", "FR01", "EUR", .14), ("EMEA", "GB", "UK02", "GBP", .13),
        ("AMER", "US", "US01", "USD", .15), ("AMER", "US", "US02", "USD", .04), ("AMER", "CA", "CA01", "CAD", .05), ("AMER", "CA", "CA02", "CAD", .01), ("APAC", "JP", "JP01", "JPY", .11), ("APAC", "AU", "AU01", "AUD", .14),
    ];

    private readonly Random _dice;

    public PlantedInvoice(string id, Random dice)
    {
        (Id, _dice) = (id, dice);
        Settle(Pick(_ => true));
        Payload = new JsonObject
        {
            ["tranId"] = id, ["amount"] = dice.Next(1, 900_000) / 100m, ["taxCode"] = Maybe(.98, $"T{dice.Next(5)}"), ["poNumber"] = Maybe(.6, $"PO-{dice.Next(1_000_000)}"),
            ["lines"] = new JsonArray([.. Enumerable.Range(0, dice.Next(1, 4)).Select(_ => (JsonNode)dice.Next(100))]), ["memo"] = Maybe(.3, "as agreed"), ["rush"] = dice.Next(20) == 0,
            ["shipTo"] = new JsonObject { ["zip"] = $"{dice.Next(100_000):00000}", ["dock"] = Maybe(.5, $"D{dice.Next(4)}") },
        };
        for (var i = 0; i < 12; i++)
        {
            Payload[$"custom{i}"] = Maybe(.2 + (.06 * i), $"v{dice.Next(2 + (3 * i))}");
        }

        Attributes = new JsonObject
        {
            ["paymentTerms"] = dice.NextDouble() switch { < .03 => "NET90", < .5 => "NET30", < .8 => "NET45", _ => "NET60" },
            ["channel"] = dice.NextDouble() switch { < .10 => "marketplace", < .55 => "direct", _ => "partner" },
            ["middleware"] = dice.NextDouble() < .2 ? "4.2.0" : "4.1.7", ["amount"] = Payload["amount"]!.ToString(),
        };
        Customer = new JsonObject
        {
            ["vatId"] = Maybe(.95, $"VAT{dice.Next(100_000)}"), ["accountType"] = dice.NextDouble() switch { < .08 => "reseller", < .6 => "smb", _ => "enterprise" }, ["rating"] = $"{dice.Next(1, 6)}",
        };
        Schema = dice.NextDouble() < .31 ? "invoice/v7" : "invoice/v6";
    }

    public string Id { get; }
    public string Unit { get; private set; } = "";
    public string Region { get; private set; } = "";
    public string Entity { get; private set; } = "";
    public string Currency { get; private set; } = "";
    public JsonObject Payload { get; }
    public JsonObject Attributes { get; }
    public JsonObject Customer { get; }
    public string Schema { get; set; }

    public Guid Key => Ids.OfObject("invoice", Id);

    public void MoveTo(string? unit = null, string? region = null, string? entity = null) =>
        Settle(Pick(place => (unit is null || place.Unit == unit) && (region is null || place.Region == region) && (entity is null || place.Entity == entity)));

    public BusinessObject Object() => new()
    {
        Key = Key, Type = "invoice", Id = Id, Unit = Unit, Region = Region, LegalEntity = Entity, Currency = Currency, Facts = 2, FirstAt = SyncSample.Noon, LastAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon,
    };

    public ObjectState Word() => new()
    {
        ObjectKey = Key, System = "salesforce", State = "approved", Outcome = SyncOutcome.Succeeded, Operation = "create", Time = SyncSample.Noon, ReceivedAt = SyncSample.Noon, Attributes = Customer.ToJsonString(),
        EventKey = Ids.OfEvent("urn:salesforce", Id),
    };

    public SyncEvent Event(string? errorCode) => new()
    {
        Key = EventKey, SenderId = Guid.Empty, Source = "urn:middleware", Id = Id, Type = "opsconsole.sync.v1", Time = SyncSample.Noon, ReceivedAt = SyncSample.Noon, Content = Ids.Hash([Id]),
        SpokenKey = Key, EntityType = "invoice", EntityId = Id, System = "netsuite", Operation = "create", Outcome = errorCode is null ? SyncOutcome.Succeeded : SyncOutcome.Failed, ErrorCode = errorCode,
        HasPayload = true, Extensions = $$"""{"dataschema":"{{Schema}}"}""",
        Data = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["entity"] = new JsonObject { ["type"] = "invoice", ["id"] = Id }, ["system"] = "netsuite", ["operation"] = "create", ["outcome"] = errorCode is null ? "succeeded" : "failed",
            ["state"] = errorCode is null ? "posted" : "rejected", ["attributes"] = Attributes.DeepClone(), ["payload"] = Payload.DeepClone(),
            ["error"] = errorCode is null ? null : new JsonObject { ["code"] = errorCode },
        }.ToJsonString()),
    };

    public ExceptionCase Case(string errorCode) => new()
    {
        Id = ExceptionSignal.OfFailure("invoice", Id, "netsuite", "create"), Kind = SignalKind.Failure, ObjectKey = Key, ObjectType = "invoice", ObjectId = Id, System = "netsuite", Operation = "create",
        ExceptionType = "validation", Fingerprint = errorCode, Title = errorCode, Cause = errorCode, ErrorCode = errorCode, FailureKey = EventKey, HasPayload = true, Unit = Unit, LegalEntity = Entity, Region = Region,
        Amount = 100m, Currency = Currency, ReportingAmount = 100m, Spells = 1, FailedAt = SyncSample.Noon, OpenedAt = SyncSample.Noon, ChangedAt = SyncSample.Noon, RoutedAt = SyncSample.Noon,
    };

    private byte[] EventKey => Ids.OfEvent("urn:middleware", Id);

    private string? Maybe(double share, string value) => _dice.NextDouble() < share ? value : null;

    private (string Unit, string Region, string Entity, string Currency, double Weight) Pick(Func<(string Unit, string Region, string Entity, string Currency, double Weight), bool> of)
    {
        var places = s_places.Where(of).ToList();
        var at = _dice.NextDouble() * places.Sum(place => place.Weight);
        foreach (var place in places)
        {
            at -= place.Weight;
            if (at <= 0)
            {
                return place;
            }
        }

        return places[^1];
    }

    private void Settle((string Unit, string Region, string Entity, string Currency, double) place) => (Unit, Region, Entity, Currency, _) = place;
}
