using OpsConsole.Projection;
using OpsConsole.Sources;

namespace OpsConsole.Intake.Otlp;

/// <summary>One signal of OTLP: how its requests are read, whichever way they come (HTTP or gRPC). What they are answered follows from the delivery.</summary>
public interface IOtlpSignal
{
    /// <summary>A <see cref="FactKind"/>.</summary>
    string Kind { get; }

    /// <summary>A body of no bytes is an empty request and right. The delivery's texts may stand in the body, so the body must live as long.</summary>
    Outcome<Delivery> Protobuf(ReadOnlyMemory<byte> body, Sender sender);

    /// <summary>The same in OTLP's JSON; no bytes at all are malformed.</summary>
    Outcome<Delivery> Json(ReadOnlyMemory<byte> body, Sender sender);
}
