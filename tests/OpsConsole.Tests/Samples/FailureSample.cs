using System.Text;
using OpsConsole.Cases;
using OpsConsole.Events;

namespace OpsConsole.Tests.Samples;

/// <summary>What the facts say of one failure, right in every field; a test names only what it is about.</summary>
internal sealed record FailureSample
{
    public string Type { get; init; } = "invoice";
    public string Id { get; init; } = "INV-1001";
    public string System { get; init; } = "netsuite";
    public string Operation { get; init; } = "create";
    public string Unit { get; init; } = "EMEA";
    public string? LegalEntity { get; init; }
    public string? Label { get; init; } = "Maple Ridge Dairy Inc.";
    public string? Region { get; init; } = "DE";
    public decimal? Amount { get; init; } = 5_200m;
    public string? Currency { get; init; } = "EUR";
    public string ErrorCode { get; init; } = "TAX_PROFILE_MISSING";
    public string Category { get; init; } = "validation";
    public string? Attribute { get; init; } = "taxProfile";
    public string Payload { get; init; } = """{"tranId":"INV-1001","taxProfile":null,"amount":5200.00}""";
    public string? Target { get; init; } = "erp-invoices";
    public string? Key { get; init; } = "inv-1001-create";
    public int Spells { get; init; } = 1;
    public bool Open { get; init; } = true;
    public string Event { get; init; } = "failure-1";
    public DateTimeOffset At { get; init; } = SyncSample.Noon;

    /// <summary>Another exception moved it to this one.</summary>
    public Guid? MovedTo { get; init; }

    public Guid CaseId => ExceptionSignal.OfFailure(Type, Id, System, Operation);

    public ExceptionSignal Signal(int version) => new()
    {
        Id = CaseId, Kind = SignalKind.Failure, ObjectKey = Ids.OfObject(Type, Id), ObjectType = Type, ObjectId = Id, ObjectLabel = Label,
        System = System, Operation = Operation, Spells = Spells, Open = Open, FailedAt = At, ReceivedAt = At,
        EndedAt = Open ? null : At.AddMinutes(5), EndedBy = Open ? null : Ids.OfEvent("urn:samples", $"success of {Id}"), FailureKey = Ids.OfEvent("urn:samples", $"{Id}/{Event}"),
        ErrorCode = ErrorCode, ErrorCategory = Category, ErrorMessage = "Customer ACC-17 has no tax profile", ErrorAttribute = Attribute,
        ReplayTarget = Target, IdempotencyKey = Key, HasPayload = true, Unit = Unit, LegalEntity = LegalEntity, Region = Region, Amount = Amount, Currency = Currency,
        Gone = MovedTo is not null, MovedTo = MovedTo, Version = version, Changed = true,
    };

    public SyncEvent Fact() => new SyncSample
    {
        Id = $"{Id}/{Event}", Type = Type, Entity = Id, System = System, Operation = Operation, Outcome = SyncOutcome.Failed, Time = At, ReceivedAt = At, ErrorCode = ErrorCode,
    }.Build().With(Encoding.UTF8.GetBytes($$"""{"entity":{"type":"{{Type}}","id":"{{Id}}"},"payload":{{Payload}}}"""));
}

internal static class FactSamples
{
    public static SyncEvent With(this SyncEvent e, byte[] data) => new()
    {
        Key = e.Key, BatchId = e.BatchId, SenderId = e.SenderId, Source = e.Source, Id = e.Id, Type = e.Type, Time = e.Time, ReceivedAt = e.ReceivedAt, Content = e.Content,
        SpokenKey = e.SpokenKey, EntityType = e.EntityType, EntityId = e.EntityId, System = e.System, Operation = e.Operation, Outcome = e.Outcome, ErrorCode = e.ErrorCode, Data = data,
    };
}
