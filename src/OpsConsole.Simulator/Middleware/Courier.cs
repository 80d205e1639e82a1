using System.Diagnostics;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Middleware;

/// <summary>
/// Delivers messages, and decides by the answer: taken, wrong (shelved, a person must repair it), too early (held back), or not now (tried again
/// by itself). What it does not hear back in time it calls failed, because it cannot know better.
/// </summary>
internal sealed class Courier(
    ServiceCaller caller, Shelves shelves, MiddlewareVoice voice, Agenda agenda, CourierPace pace)
{
    public async Task<Delivery> Send(Message message, CancellationToken cancellationToken)
    {
        var facts = message.Facts;
        await pace.Prepare(cancellationToken);
        var reply = await caller.Call(
            Services.Middleware, message.Kind.Url, message.Payload, facts, facts.Key, pace.Timeout, cancellationToken);
        if (reply.Ok)
        {
            return Delivery.Delivered;
        }

        if (reply.Status is 409 && WaitsFor(reply, message) is { } waitsFor)
        {
            voice.Waits(message, reply);
            shelves.Hold(waitsFor, message);
            return Delivery.Waiting;
        }

        if (reply.Status is 429 or 503)
        {
            return Retry(message, reply);
        }

        voice.Failed(message, reply);
        shelves.Bury(message);
        return Delivery.Refused;
    }

    private Delivery Retry(Message message, Reply reply)
    {
        if (message.Attempt == 1)
        {
            voice.Failed(message, reply);
        }

        var again = message with { Attempt = message.Attempt + 1 };
        var refused = Activity.Current?.Context ?? default;
        agenda.At(pace.NextAttempt(message, reply), Journey.Current?.Healthy(), async token =>
        {
            var span = voice.StartRetry(again, refused);
            await Send(again, token);
            span.Finish(pace.Now);
        });
        return Delivery.Retrying;
    }

    private static string? WaitsFor(Reply reply, Message message) => reply.Code switch
    {
        "CUSTOMER_NOT_FOUND" => Shelves.NameOf("customer", IdOf(message, "customer")),
        "INVOICE_NOT_FOUND" => Shelves.NameOf("invoice", IdOf(message, "invoice")),
        _ => null,
    };

    private static string IdOf(Message message, string type) => message.Facts.Links.FirstOrDefault(link => link.Type == type)?.Id ?? "";
}
