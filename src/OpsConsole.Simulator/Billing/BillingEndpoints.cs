using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Control;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Billing;

internal static class BillingEndpoints
{
    public static void MapBilling(this IEndpointRouteBuilder app)
    {
        var billing = app.MapGroup("/billing").AddEndpointFilter(Availability);
        var kind = DocumentCatalog.BillingAccount;
        billing.MapPost($"/{kind.Path}", (HttpContext http, BillingSystem system) => system.Desk.Take(kind, http, BillingRules.Check, answersLateBy: null));
        billing.MapGet($"/{kind.Path}/{{id}}", (string id, BillingSystem system) => system.Desk.Show(kind, id));
        billing.MapPost("/invoices", Issue);
        billing.MapGet("/invoices/{id}", (string id, BillingSystem system) => system.Desk.Show(DocumentCatalog.Invoice, id));
        billing.MapPost("/invoices/{id}/pay", Pay);
    }

    private static async ValueTask<object?> Availability(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (!call.HttpContext.RequestServices.GetRequiredService<Switches>().BillingDown)
        {
            return await next(call);
        }

        call.HttpContext.Response.Headers.RetryAfter = "5";
        return Results.Json(
            new { code = "BILLING_UNAVAILABLE", message = "Billing is down.", attribute = (string?)null, category = "unavailable" },
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>An invoice is finalised here, and goes on to the ERP by the middleware.</summary>
    private static async Task<IResult> Issue(
        JsonObject body, HttpContext http, BillingSystem system, BillingVoice voice, ServiceCaller caller, BusinessClock clock, SimulatorOptions options)
    {
        await clock.Take(Pace.Work(options.Seed, "finalize", 30, 150), http.RequestAborted);
        var facts = DocumentFacts.Read(DocumentCatalog.Invoice, body);
        Activity.Current.Describe(facts);
        system.Ledger.Put(new LedgerRecord
        {
            Type = facts.Type, Id = facts.Id, State = "finalized", Version = 1, RecordedAt = clock.Now, ChangedAt = clock.Now,
            Document = (JsonObject)body.DeepClone(),
        });
        voice.Finalized(facts);
        await clock.Take(Pace.Work(options.Seed, "hook", 5, 30), http.RequestAborted);
        var message = new JsonObject { ["kind"] = facts.Type, ["body"] = body.DeepClone() };
        var reply = await caller.Call(Services.Billing, "/middleware/messages", message, facts, null, null, http.RequestAborted);
        return Results.Json(new { facts.Id, delivery = reply.Body?["delivery"]?.GetValue<string>() });
    }

    private static async Task<IResult> Pay(
        string id, JsonObject body, HttpContext http, BillingSystem system, BillingVoice voice, ServiceCaller caller, BusinessClock clock, SimulatorOptions options)
    {
        await clock.Take(Pace.Work(options.Seed, "pay", 60, 400), http.RequestAborted);
        if (system.Ledger.Move("invoice", id, "paid", clock.Now) is not { } invoice || DocumentFacts.Text(body, "payment") is not { } payment)
        {
            return Results.NotFound();
        }

        var facts = DocumentFacts.Read(DocumentCatalog.Invoice, invoice.Document);
        var paid = PaymentOf(payment, facts, invoice.Document);
        var paidFacts = DocumentFacts.Read(DocumentCatalog.Payment, paid);
        Activity.Current.Describe(paidFacts);
        voice.Paid(facts, paidFacts, invoice.Version);
        var message = new JsonObject { ["kind"] = "payment", ["body"] = paid };
        var reply = await caller.Call(Services.Billing, "/middleware/messages", message, paidFacts, null, null, http.RequestAborted);
        return Results.Json(new { id = payment, delivery = reply.Body?["delivery"]?.GetValue<string>() });
    }

    private static JsonObject PaymentOf(string payment, DocumentFacts invoice, JsonObject document) => new()
    {
        ["paymentId"] = payment,
        ["invoice"] = invoice.Id,
        ["entity"] = document["entity"]?.DeepClone(),
        ["customerName"] = document["customerName"]?.DeepClone(),
        ["subsidiary"] = document["subsidiary"]?.DeepClone(),
        ["amount"] = document["amount"]?.DeepClone(),
        ["currency"] = document["currency"]?.DeepClone(),
    };
}
