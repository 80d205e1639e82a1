using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Middleware;

/// <summary>The middleware: takes what CRM and billing say, maps it and brings it where it belongs.</summary>
internal static class MiddlewareEndpoints
{
    public static void MapMiddleware(this IEndpointRouteBuilder app)
    {
        var middleware = app.MapGroup("/middleware");
        middleware.MapPost("/messages", Take);
        middleware.MapPost("/recorded", Recorded);
        middleware.MapPost("/dead-letters/{type}/{id}/resend", Resend);
    }

    private static async Task<IResult> Take(JsonObject envelope, HttpContext http, Courier courier)
    {
        if (DocumentCatalog.Find(DocumentFacts.Text(envelope, "kind") ?? "") is not { } kind || envelope["body"] is not JsonObject said)
        {
            return Results.BadRequest();
        }

        var fault = Journey.Current?.Fault ?? JourneyFault.None;
        var message = new Message(kind, Mapping.Map(kind, said, fault));
        Activity.Current.Describe(message.Facts);
        var delivery = await courier.Send(message, http.RequestAborted);
        return Answer(delivery);
    }

    /// <summary>A receiver has a new record. What waited for it goes on its way; a new customer goes on to billing.</summary>
    private static async Task<IResult> Recorded(JsonObject notice, HttpContext http, Courier courier, Shelves shelves)
    {
        var (type, id) = (DocumentFacts.Text(notice, "type") ?? "", DocumentFacts.Text(notice, "id") ?? "");
        foreach (var message in shelves.Release(Shelves.NameOf(type, id)))
        {
            await courier.Send(message, http.RequestAborted);
        }

        if (type is not "customer" || notice["document"] is not JsonObject customer)
        {
            return Answer(Delivery.Delivered);
        }

        var fault = Journey.Current?.Fault ?? JourneyFault.None;
        if (fault is JourneyFault.LosesAccount)
        {
            return Answer(Delivery.Lost);
        }

        var account = new Message(DocumentCatalog.BillingAccount, Mapping.Map(DocumentCatalog.BillingAccount, Mapping.AccountOf(customer), fault));
        return Answer(await courier.Send(account, http.RequestAborted));
    }

    /// <summary>Somebody has repaired a refused message at the source; the body names the fields that are right now.</summary>
    private static async Task<IResult> Resend(string type, string id, JsonObject repaired, HttpContext http, Courier courier, Shelves shelves)
    {
        if (shelves.TakeDead(Shelves.NameOf(type, id)) is not { } message)
        {
            return Results.NotFound();
        }

        var payload = (JsonObject)message.Payload.DeepClone();
        foreach (var (field, value) in repaired)
        {
            payload[field] = value?.DeepClone();
        }

        return Answer(await courier.Send(message with { Payload = payload, Attempt = message.Attempt + 1 }, http.RequestAborted));
    }

    private static IResult Answer(Delivery delivery) => Results.Json(new { delivery = delivery.ToString() }, statusCode: StatusCodes.Status202Accepted);
}
