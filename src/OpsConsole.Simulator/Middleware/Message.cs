using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Middleware;

/// <summary>A mapped document on its way to its receiver. Its key stays the same at every attempt.</summary>
internal sealed record Message(DocumentKind Kind, JsonObject Payload, int Attempt = 1)
{
    public DocumentFacts Facts => DocumentFacts.Read(Kind, Payload);
}

/// <summary>What became of a message.</summary>
internal enum Delivery { Delivered, Refused, Waiting, Retrying, Lost }
