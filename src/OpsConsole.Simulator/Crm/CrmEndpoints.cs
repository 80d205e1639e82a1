using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Crm;

/// <summary>The CRM: sales people make customers, orders and projects in it, and it passes each on to the middleware.</summary>
internal static class CrmEndpoints
{
    public static void MapCrm(this IEndpointRouteBuilder app)
    {
        var crm = app.MapGroup("/crm");
        Map(crm, "/customers", DocumentCatalog.Customer, "create", "created");
        Map(crm, "/orders", DocumentCatalog.Order, "close", "closed-won");
        Map(crm, "/projects", DocumentCatalog.Project, "activate", "activated");
    }

    private static void Map(RouteGroupBuilder crm, string path, DocumentKind kind, string operation, string state) =>
        crm.MapPost(path, (JsonObject body, HttpContext http, Announcer announcer, ServiceCaller caller, BusinessClock clock, SimulatorOptions options) =>
            Pass(kind, operation, state, body, http, announcer, caller, clock, options));

    private static async Task<IResult> Pass(
        DocumentKind kind, string operation, string state, JsonObject body, HttpContext http, Announcer announcer, ServiceCaller caller,
        BusinessClock clock, SimulatorOptions options)
    {
        await clock.Take(Pace.Work(options.Seed, "crm", 20, 120), http.RequestAborted);
        var facts = DocumentFacts.Read(kind, body);
        Activity.Current.Describe(facts);
        announcer.Say(Services.Crm, Said(facts, operation, state));
        await clock.Take(Pace.Work(options.Seed, "hook", 5, 30), http.RequestAborted);
        var message = new JsonObject { ["kind"] = kind.Type, ["body"] = body.DeepClone() };
        var reply = await caller.Call(Services.Crm, "/middleware/messages", message, facts, null, null, http.RequestAborted);
        return Results.Json(new { facts.Id, delivery = reply.Body?["delivery"]?.GetValue<string>() });
    }

    private static SyncFact Said(DocumentFacts facts, string operation, string state) => new()
    {
        Entity = new ObjectRef(facts.Type, facts.Id),
        System = "salesforce",
        Operation = operation,
        Outcome = "succeeded",
        State = state,
        Version = 1,
        Links = facts.Links,
        BusinessUnit = facts.Entity?.BusinessUnit,
        LegalEntity = facts.Entity?.Code,
        Region = facts.Entity?.Region,
        Amount = facts.Amount,
        Currency = facts.Amount is null ? null : facts.Currency,
        Attributes = facts.Attributes,
    };
}
