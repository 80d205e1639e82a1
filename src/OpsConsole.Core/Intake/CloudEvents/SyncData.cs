using System.Text.Json;
using System.Text;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>The <c>data</c> of an <c>opsconsole.sync.v1</c> (wire contract §3.1), read in one pass and checked rule by rule.</summary>
internal sealed class SyncData
{
    public string? EntityType { get; private set; }

    public string? EntityId { get; private set; }

    public string? System { get; private set; }

    public string? Operation { get; private set; }

    public SyncOutcome? Outcome { get; private set; }

    public string? State { get; private set; }

    public long? Version { get; private set; }

    public string? BusinessUnit { get; private set; }

    public string? LegalEntity { get; private set; }

    public string? Region { get; private set; }

    public decimal? Amount { get; private set; }

    public string? Currency { get; private set; }

    public string? Attributes { get; private set; }

    public SyncError? Error { get; private set; }

    public string? ReplayTarget { get; private set; }

    public string? IdempotencyKey { get; private set; }

    /// <summary>It carries aliases, links or a merge.</summary>
    public bool Names { get; private set; }

    public bool HasPayload { get; private set; }

    private bool MergesInto { get; set; }

    /// <param name="data">JSON of which syntax, depth and texts were checked.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="mapped">It was made by a mapping, which need not say an outcome.</param>
    public static SyncData Read(ReadOnlySpan<byte> data, Faults faults, bool mapped = false)
    {
        var read = new SyncData();
        var reader = new Utf8JsonReader(data, JsonScan.AnyDepth);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            faults.Add("data-not-an-object", "data", "must be a JSON object");
            return read;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.Word();
            reader.Read();
            read.Field(name, ref reader, data, faults);
        }

        read.Require(faults, mapped);
        return read;
    }

    private void Field(string name, ref Utf8JsonReader reader, ReadOnlySpan<byte> data, Faults faults)
    {
        switch (name)
        {
            case "entity": Entity(ref reader, faults); break;
            case "system": System = FieldReader.Text(ref reader, "system", Columns.Identity, faults); break;
            case "operation": Operation = FieldReader.Text(ref reader, "operation", Columns.Identity, faults); break;
            case "outcome": Outcome = ReadOutcome(ref reader, faults); break;
            case "state": State = FieldReader.Text(ref reader, "state", Columns.Identity, faults); break;
            case "version": Version = FieldReader.Version(ref reader, faults); break;
            case "businessUnit": BusinessUnit = FieldReader.Text(ref reader, "businessUnit", Columns.Identity, faults); break;
            case "legalEntity": LegalEntity = FieldReader.Text(ref reader, "legalEntity", Columns.Identity, faults); break;
            case "region": Region = FieldReader.Text(ref reader, "region", Columns.Identity, faults); break;
            case "amount": Amount = FieldReader.Amount(ref reader, faults); break;
            case "currency": Currency = ReadCurrency(ref reader, faults); break;
            case "attributes": Attributes = ReadAttributes(ref reader, data, faults); break;
            case "error": Error = SyncError.Read(ref reader, faults); break;
            case "aliases": Names |= NameReader.List(ref reader, "aliases", "system", faults) > 0; break;
            case "links": Names |= NameReader.List(ref reader, "links", "type", faults) > 0; break;
            case "mergedInto": MergesInto = NameReader.One(ref reader, "mergedInto", "type", faults); break;
            case "replayTarget": ReplayTarget = FieldReader.Text(ref reader, "replayTarget", Columns.Identity, faults); break;
            case "idempotencyKey": IdempotencyKey = FieldReader.Text(ref reader, "idempotencyKey", Columns.Identity, faults); break;
            case "payload":
                HasPayload = reader.TokenType is not JsonTokenType.Null;
                reader.Skip();
                break;
            default: reader.Skip(); break;
        }
    }

    private void Require(Faults faults, bool mapped)
    {
        Demand(EntityType, "entity.type", faults);
        Demand(EntityId, "entity.id", faults);
        Demand(System, "system", faults);
        if (Outcome is null && !mapped)
        {
            faults.Add("outcome-missing", "outcome", "is required: one of succeeded, pending, failed");
        }

        if (Outcome is SyncOutcome.Failed && Error?.Code is null)
        {
            faults.Add("error-code-missing", "error.code", "is required when the outcome is failed");
        }

        if (Amount is null != Currency is null)
        {
            faults.Add("amount-without-currency", Amount is null ? "amount" : "currency", $"is required beside {(Amount is null ? "currency" : "amount")}: one does not stand without the other");
        }

        if (Operation is "merge" && !MergesInto)
        {
            faults.Add("merge-without-target", "mergedInto", "is required when the operation is merge: {\"type\", \"id\"}");
        }

        Names |= MergesInto;
    }

    private static void Demand(string? value, string field, Faults faults)
    {
        if (value is null)
        {
            faults.Add($"{field.Replace('.', '-')}-missing", field, "is required");
        }
    }

    private void Entity(ref Utf8JsonReader reader, Faults faults)
    {
        var (type, id) = NameReader.Pair(ref reader, "entity", faults);
        (EntityType, EntityId) = (type, id);
    }

    private static SyncOutcome? ReadOutcome(ref Utf8JsonReader reader, Faults faults)
    {
        var outcome = reader.TokenType is JsonTokenType.String ? reader.Word() : null;
        reader.Skip();
        switch (outcome)
        {
            case "succeeded": return SyncOutcome.Succeeded;
            case "pending": return SyncOutcome.Pending;
            case "failed": return SyncOutcome.Failed;
            default:
                faults.Add("outcome-unknown", "outcome", "must be one of succeeded, pending, failed");
                return null;
        }
    }

    private static string? ReadCurrency(ref Utf8JsonReader reader, Faults faults)
    {
        var code = FieldReader.Text(ref reader, "currency", int.MaxValue, faults);
        if (code is not null && !Currencies.Contains(code))
        {
            faults.Add("currency-unknown", "currency", $"must be an ISO 4217 code such as EUR, is {Faults.Quote(code)}");
        }

        return code;
    }

    private static string? ReadAttributes(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, Faults faults)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = reader.TokenType;
        reader.Skip();
        if (kind is JsonTokenType.StartObject)
        {
            return Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed]);
        }

        if (kind is not JsonTokenType.Null)
        {
            faults.Add("attributes-not-an-object", "attributes", "must be a JSON object");
        }

        return null;
    }
}
