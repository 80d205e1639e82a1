using System.Diagnostics;
using System.Globalization;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Middleware;

/// <summary>What the middleware tells the console, as an event and as a line of its log: what a receiver would not take, with the message as it can be sent again.</summary>
internal sealed class MiddlewareVoice(Announcer announcer, BusinessClock clock, Telemetry telemetry)
{
    public void Failed(Message message, Reply reply)
    {
        var (facts, error) = (message.Facts, ErrorOf(message.Kind, reply));
        telemetry.Middleware.MessageRefused(facts.Kind.System, facts.Type, facts.Id, error.Code, error.Message);
        announcer.Say(Services.Middleware, Said(message, "failed", "rejected") with { Error = error });
    }

    public void Waits(Message message, Reply reply)
    {
        var (facts, error) = (message.Facts, ErrorOf(message.Kind, reply));
        telemetry.Middleware.MessageWaits(facts.Type, facts.Id, facts.Kind.System, error.Code);
        announcer.Say(Services.Middleware, Said(message, "pending", "on-hold") with { Error = error });
    }

    /// <summary>A later attempt is a trace of its own, linked to the one in which the message was refused.</summary>
    public Activity? StartRetry(Message message, ActivityContext refused)
    {
        var span = Spans.Start(Services.Middleware, $"retry {message.Kind.Type}", ActivityKind.Internal, default, clock.Now, refused);
        span.Describe(message.Facts);
        span?.SetTag("messaging.retry", message.Attempt.ToString(CultureInfo.InvariantCulture));
        return span;
    }

    private static SyncFact Said(Message message, string outcome, string state)
    {
        var facts = message.Facts;
        return new SyncFact
        {
            Entity = new ObjectRef(facts.Type, facts.Id),
            System = facts.Kind.System,
            Operation = facts.Kind.Operation,
            Outcome = outcome,
            State = state,
            Links = facts.Links,
            BusinessUnit = facts.Entity?.BusinessUnit,
            LegalEntity = facts.Entity?.Code,
            Region = facts.Entity?.Region,
            Amount = facts.Amount,
            Currency = facts.Amount is null ? null : facts.Currency,
            Attributes = facts.Attributes,
            Payload = message.Payload,
            ReplayTarget = facts.Kind.Target,
            IdempotencyKey = facts.Key,
        };
    }

    private static SyncError ErrorOf(DocumentKind kind, Reply reply) => reply.TimedOut
        ? new SyncError("NO_ANSWER", "timeout", $"{kind.System} did not answer in time. Whether it has written the {kind.Type} is not known.", null, true)
        : new SyncError(
            reply.Code ?? $"HTTP_{reply.Status}", reply.Category ?? "unknown", reply.Message ?? $"{kind.System} answered {reply.Status}.",
            reply.Attribute, reply.Status is 429 or 503);
}
