using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Events;
using OpsConsole.Tests.Samples;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Search.Differences;

/// <summary>
/// Spans or events of one kind of work whose fields hang together as they do in life: an instance stands in one zone and runs one version, a channel has
/// its own clients. One field and value is drawn as the reason: those that bear it go wrong more often than the rest, and nothing else decides.
/// </summary>
internal sealed class PlantedFacts
{
    private const double WrongWithReason = .55;
    private const double WrongWithout = .03;

    private static readonly (string Name, string?[] Values)[] s_fields =
    [
        ("channel", ["web", "web", "web", "partner", "partner", "edi", "edi", "shop"]), ("tax_code", ["V1", "V1", "V1", "V2", "V2", "V7", null, "V3"]), ("currency_pair", ["EUR/EUR", "EUR/EUR", "EUR/USD", "EUR/JPY"]),
        ("lines", ["1", "1", "2", "2", "3", "5", "8", "13"]), ("rush", ["true", "false", "false", "false", "false", "false"]), ("template", ["standard", "standard", "standard", "long", "proforma", null]),
        ("payment_terms", ["NET30", "NET30", "NET30", "NET45", "NET60", "NET90"]), ("customer_class", ["smb", "smb", "enterprise", "reseller", "public"]), ("feature.rounding", ["old", "old", "old", "old", "new"]),
        ("retry_policy", ["none", "linear", "linear", "jitter"]), ("dunning", [null, null, null, "level1", "level2"]), ("warehouse", ["north", "south", "east", "west", "transit", "returns"]),
    ];

    private static readonly (string Instance, string Zone, string Version)[] s_instances =
    [
        ("erp-1", "fra", "4.1.7"), ("erp-2", "fra", "4.1.7"), ("erp-3", "dub", "4.1.7"), ("erp-4", "dub", "4.2.0"), ("erp-5", "iad", "4.1.7"), ("erp-6", "iad", "4.1.6"),
    ];

    private readonly Random _dice;

    /// <param name="number">Gives the kind of work its name, and decides about everything.</param>
    /// <param name="reason">False: nothing is planted; as many go wrong by chance.</param>
    public PlantedFacts(int number, bool reason = true)
    {
        (Number, _dice) = (number, new Random(4_711 + number));
        (Field, Value) = Draw();
        Facts = [.. Enumerable.Range(0, 1_500).Select(at => One(at, reason))];
    }

    public int Number { get; }

    /// <summary>The attribute that was drawn.</summary>
    public string Field { get; }

    /// <summary>Its value that was drawn; nothing: it is missing.</summary>
    public string? Value { get; }

    public IReadOnlyList<PlantedFact> Facts { get; }

    public string Service => $"erp{(char)('a' + (Number / 26))}{(char)('a' + (Number % 26))}";

    /// <param name="slow">What goes wrong takes long; else it fails.</param>
    public IEnumerable<Span> Spans(bool slow) => Facts.Select(fact =>
    {
        var at = SyncSample.Noon.AddHours(-20).AddSeconds(fact.At * 40);
        var start = (at - DateTimeOffset.UnixEpoch).Ticks * 100;
        var took = slow && fact.Wrong ? 2_000 + _dice.Next(4_000) : 20 + _dice.Next(1_500);
        var (failed, id) = (!slow && fact.Wrong, new byte[24]);
        _dice.NextBytes(id);
        var said = fact.Said.ToDictionary(field => field.Key, field => (JsonNode?)field.Value);
        said["request.id"] = $"r-{_dice.Next()}";
        if (failed)
        {
            said["error.type"] = "Refused";
            said["exception.message"] = "could not";
        }

        return new Span
        {
            TraceId = id[..16], SpanId = id[16..], StartNanos = start, EndNanos = start + (took * 1_000_000L), Day = DateOnly.FromDateTime(at.UtcDateTime), Name = "post invoice", Service = Service, Kind = 2, Failed = failed,
            Attributes = new JsonObject(said).ToJsonString(),
            Resource = new JsonObject { ["service.name"] = Service, ["host.name"] = fact.Instance.Instance, ["cloud.zone"] = fact.Instance.Zone, ["service.version"] = fact.Instance.Version }.ToJsonString(),
            ReceivedAt = at, SenderId = Guid.Empty,
        };
    });

    public IEnumerable<SyncEvent> Events() => Facts.Select(fact =>
    {
        var (id, at) = ($"{Service}-{fact.At}", SyncSample.Noon.AddHours(-20).AddSeconds(fact.At * 40));
        var attributes = new JsonObject([.. fact.Said.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value))]);
        return new SyncEvent
        {
            Key = Ids.OfEvent("urn:middleware", id), SenderId = Guid.Empty, Source = "urn:middleware", Id = id, Type = "opsconsole.sync.v1", Time = at, ReceivedAt = at, Content = Ids.Hash([id]), SpokenKey = Ids.OfObject("invoice", id),
            EntityType = "invoice", EntityId = id, System = Service, Operation = "create", Outcome = fact.Wrong ? SyncOutcome.Failed : SyncOutcome.Succeeded, ErrorCode = fact.Wrong ? "REFUSED" : null,
            Attributes = attributes.ToJsonString(),
            Data = Encoding.UTF8.GetBytes(new JsonObject
            {
                ["entity"] = new JsonObject { ["type"] = "invoice", ["id"] = id }, ["system"] = Service, ["outcome"] = fact.Wrong ? "failed" : "succeeded", ["attributes"] = attributes.DeepClone(),
                ["error"] = fact.Wrong ? new JsonObject { ["code"] = "REFUSED" } : null,
            }.ToJsonString()),
        };
    });

    private (string Field, string? Value) Draw()
    {
        var (name, values) = s_fields[_dice.Next(s_fields.Length)];
        return (name, values[_dice.Next(values.Length)]);
    }

    private PlantedFact One(int at, bool reason)
    {
        var said = s_fields.Select(field => (field.Name, Value: field.Values[_dice.Next(field.Values.Length)])).Where(field => field.Value is not null)
            .ToDictionary(field => field.Name, field => field.Value!, StringComparer.Ordinal);
        if (said["channel"] is "edi")
        {
            said["payment_terms"] = _dice.NextDouble() < .7 ? "NET60" : said["payment_terms"];
        }

        var chance = !reason ? .15 : said.GetValueOrDefault(Field) == Value ? WrongWithReason : WrongWithout;
        return new PlantedFact(at, said, s_instances[_dice.Next(s_instances.Length)], _dice.NextDouble() < chance);
    }
}

/// <param name="At">Its number.</param>
/// <param name="Said">Its attributes.</param>
/// <param name="Instance">Where it ran.</param>
/// <param name="Wrong">It failed, or took long.</param>
internal sealed record PlantedFact(int At, Dictionary<string, string> Said, (string Instance, string Zone, string Version) Instance, bool Wrong);
