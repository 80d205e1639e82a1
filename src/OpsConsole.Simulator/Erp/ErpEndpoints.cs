using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Control;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Erp;

internal static class ErpEndpoints
{
    public static void MapErp(this IEndpointRouteBuilder app)
    {
        var erp = app.MapGroup("/erp").AddEndpointFilter(Availability);
        foreach (var kind in DocumentCatalog.Of(Services.Erp))
        {
            erp.MapPost($"/{kind.Path}", (HttpContext http, ErpSystem system, BusinessClock clock, SimulatorOptions options, Switches switches) => Take(kind, http, system, clock, options, switches));
            erp.MapGet($"/{kind.Path}/{{id}}", (string id, ErpSystem system) => system.Desk.Show(kind, id));
        }

        erp.MapPost("/orders/{id}/deliver", Deliver);
        erp.MapPost("/projects/{id}/approve-time", ApproveTime);
    }

    /// <summary>Down, or too busy: said before anything is read, to the middleware, to the console and to whoever reads back.</summary>
    private static async ValueTask<object?> Availability(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        var switches = http.RequestServices.GetRequiredService<Switches>();
        if (switches.ErpDown || Journey.Current is { Fault: JourneyFault.IsDown })
        {
            return TryAgain(http, StatusCodes.Status503ServiceUnavailable, "ERP_UNAVAILABLE", "The ERP is down for maintenance.", "unavailable", 5);
        }

        if (switches.ErpThrottled || Journey.Current is { Fault: JourneyFault.Throttles })
        {
            return TryAgain(http, StatusCodes.Status429TooManyRequests, "RATE_LIMIT", "Too many requests to the ERP in this minute.", "throttled", 2);
        }

        return await next(call);
    }

    private static async Task<IResult> Take(DocumentKind kind, HttpContext http, ErpSystem system, BusinessClock clock, SimulatorOptions options, Switches switches)
    {
        if (!switches.ErpHurries)
        {
            await clock.Take(Pace.Work(options.Seed, "erp", 30, 180), http.RequestAborted);
        }

        var loses = switches.ErpLoses > 0 && Random.Shared.NextDouble() < switches.ErpLoses;
        var late = loses || Journey.Current is { Fault: JourneyFault.AnswersLate } ? TimeSpan.FromMilliseconds(options.TimeoutMs * 1.5) : (TimeSpan?)null;
        return await system.Desk.Take(kind, http, ErpRules.Check, late);
    }

    private static async Task<IResult> Deliver(string id, HttpContext http, ErpSystem system, BusinessClock clock, SimulatorOptions options)
    {
        await clock.Take(Pace.Work(options.Seed, "deliver", 20, 80), http.RequestAborted);
        if (system.Ledger.Move("order", id, "delivered", clock.Now) is not { } order)
        {
            return Results.NotFound();
        }

        var facts = DocumentFacts.Read(DocumentCatalog.Order, order.Document);
        Activity.Current.Describe(facts);
        system.Desk.Announce(facts with { Kind = facts.Kind with { Operation = "deliver" } }, order);
        return Results.Content(order.ToJson(), "application/json");
    }

    private static async Task<IResult> ApproveTime(
        string id, JsonObject body, HttpContext http, ErpSystem system, Announcer announcer, BusinessClock clock, SimulatorOptions options)
    {
        await clock.Take(Pace.Work(options.Seed, "approve", 20, 80), http.RequestAborted);
        if (system.Ledger.Find("project", id) is not { } project || DocumentFacts.Text(body, "timesheet") is not { } timesheet)
        {
            return Results.NotFound();
        }

        var facts = DocumentFacts.Read(DocumentCatalog.Project, project.Document);
        Activity.Current.Describe(facts);
        Activity.Current?.SetTag("biz.timesheet.id", timesheet);
        announcer.Say(Services.Erp, new SyncFact
        {
            Entity = new ObjectRef("timesheet", timesheet),
            System = facts.Kind.System, Operation = "approve", Outcome = "succeeded", State = "approved", Version = 1,
            Links = [new ObjectRef("project", id)],
            BusinessUnit = facts.Entity?.BusinessUnit, LegalEntity = facts.Entity?.Code, Region = facts.Entity?.Region,
            Attributes = new Dictionary<string, object?> { ["hours"] = DocumentFacts.Text(body, "hours"), ["customerName"] = facts.Attributes["customerName"] },
        });
        return Results.Ok();
    }

    private static IResult TryAgain(HttpContext http, int status, string code, string message, string category, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Activity.Current.Fail(code, new RefusedException(message));
        return Results.Json(new { code, message, attribute = (string?)null, category }, statusCode: status);
    }
}
