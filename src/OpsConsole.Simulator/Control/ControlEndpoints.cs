using System.Globalization;
using OpsConsole.Simulator.Billing;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Erp;
using OpsConsole.Simulator.Middleware;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Records;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Control;

/// <summary>For whoever watches or steers the simulation; no part of the company.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        app.MapGet("/status", Status);
        app.MapGet("/status/keys/{key}", ShowKey);
        app.MapGet("/", () => Results.Redirect("/status"));
        app.MapPost("/control", Change);
        app.MapPost("/control/fail", Fail);
    }

    private static IResult Status(
        ErpSystem erp, BillingSystem billing, EventOutbox outbox, OutboxCounts counts, Agenda agenda, Switches switches, CompanyMemory memory, Shelves shelves, DealRun run)
    {
        var (waiting, dead) = shelves.Count();
        return Results.Json(new
        {
            Speed = switches.Speed,
            NextNumber = memory.NextNumber,
            Backfilled = memory.Backfilled,
            Agenda = agenda.Length,
            DealsWaiting = run.Waiting().Count,
            Outbox = outbox.Length,
            Console = counts.Now,
            Failures = switches.Failures,
            Middleware = new { Waiting = waiting, DeadLetters = dead },
            Switches = new { Erp = switches.ErpDown ? "down" : switches.ErpThrottled ? "throttled" : "up", Billing = switches.BillingDown ? "down" : "up" },
            Erp = Say(erp.Ledger),
            Billing = Say(billing.Ledger),
        });
    }

    /// <summary>How often one idempotency key came, and how often it made a record.</summary>
    private static IResult ShowKey(string key, ErpSystem erp, BillingSystem billing)
    {
        var found = erp.Ledger.Count().ByKey.GetValueOrDefault(key) ?? billing.Ledger.Count().ByKey.GetValueOrDefault(key) ?? new KeyCount(0, 0);
        return Results.Json(new { Key = key, found.Applied, found.Seen });
    }

    private static object Say(Ledger ledger)
    {
        var counts = ledger.Count();
        return new
        {
            counts.Records,
            KeysSeen = counts.Keys,
            AppliedPerKey = counts.ByKey.Where(key => key.Value.Seen > 1 || key.Value.Applied != 1).ToDictionary(key => key.Key, key => key.Value, StringComparer.Ordinal),
            MostAppliedPerKey = counts.ByKey.Values.Select(key => key.Applied).DefaultIfEmpty().Max(),
        };
    }

    private static IResult Change(ChangeBody body, Switches switches)
    {
        if (body.Speed is < 0 or > 6000 || body.ErpLoses is < 0 or > 1 || body.Erp is not (null or "up" or "down" or "throttled") || body.Billing is not (null or "up" or "down"))
        {
            return Results.Json(new { code = "INVALID", message = "speed: 0 to 6000; erpLoses: 0 to 1; erp: up, down or throttled; billing: up or down." }, statusCode: 422);
        }

        switches.Speed = body.Speed ?? switches.Speed;
        if (body.Erp is { } erp)
        {
            var seconds = body.Seconds ?? TimeSpan.FromDays(3650).TotalSeconds;
            switches.TakeErpDown(erp is "down" ? TimeSpan.FromSeconds(seconds) : null);
            switches.ErpThrottled = erp is "throttled";
        }

        switches.ErpLoses = body.ErpLoses ?? switches.ErpLoses;
        switches.ErpHurries = body.ErpHurries ?? switches.ErpHurries;
        switches.BillingDown = body.Billing is null ? switches.BillingDown : body.Billing is "down";
        return Results.Json(new { switches.Speed, Erp = switches.ErpDown ? "down" : switches.ErpThrottled ? "throttled" : "up", Billing = switches.BillingDown ? "down" : "up" });
    }

    /// <summary>Makes one failure now, without waiting anywhere, and names the object that it is about.</summary>
    private static async Task<IResult> Fail(
        FailBody body, DealMaker maker, CompanyMemory memory, DealRun run, BusinessClock clock, DealActor actor, CancellationToken cancellationToken)
    {
        if (FailureNames.Read(body.Kind) is not { } kind)
        {
            return Results.Json(new { code = "INVALID", message = $"kind must be one of {string.Join(", ", FailureNames.All)}." }, statusCode: 422);
        }

        if (body.Unit is not null && !Company.Units.Contains(body.Unit) || body.Amount is <= 0)
        {
            return Results.Json(new { code = "INVALID", message = $"unit must be one of {string.Join(", ", Company.Units)}, amount above 0." }, statusCode: 422);
        }

        var deal = maker.MakeFailing(memory.TakeNumber(), kind, body.Unit, body.Amount);
        var last = await RunNow(deal, actor, cancellationToken);
        run.PlanAfter(last);
        var (type, id, key) = FailureTarget(deal);
        return Results.Json(new
        {
            Kind = body.Kind, Type = type, Id = id, IdempotencyKey = key,
            BusinessUnit = deal.Customer.Entity.BusinessUnit, LegalEntity = deal.Customer.Entity.Code,
            Amount = deal.Amount.ToString(CultureInfo.InvariantCulture), deal.Customer.Entity.Currency,
            Customer = deal.Customer.Id, CustomerName = deal.Customer.Name, deal.LeadId,
            RightTaxProfile = deal.Customer.TaxProfile, RightPaymentTerms = deal.Customer.PaymentTerms, RightVatNumber = deal.Customer.VatNumber,
            At = clock.Now,
        });
    }

    private static async Task<DealStep> RunNow(Deal deal, DealActor actor, CancellationToken cancellationToken)
    {
        Journey.Current = new Journey { Deal = deal.Number, Lead = deal.LeadId, Prompt = true };
        StepName[] names = deal.Flow is DealFlow.CustomerOnboarding ? [StepName.Begin]
            : deal.Failure is FailureKind.NeverComes ? [StepName.Begin, StepName.Perform]
            : [StepName.Begin, StepName.Perform, StepName.Bill];
        foreach (var name in names)
        {
            await actor.Do(new DealStep(deal, name), cancellationToken);
        }

        return new DealStep(deal, names[^1]);
    }

    private static (string Type, string Id, string Key) FailureTarget(Deal deal) => (deal.Flow, deal.Failure) switch
    {
        (DealFlow.CustomerOnboarding, _) => ("customer", deal.Customer.Id, $"{deal.Customer.Id.ToLowerInvariant()}-create"),
        (_, FailureKind.NeverComes) => ("order", deal.OrderId, ""),
        _ => ("invoice", deal.InvoiceId, $"{deal.InvoiceId.ToLowerInvariant()}-create"),
    };

    internal sealed record ChangeBody(double? Speed, string? Erp, string? Billing, double? Seconds, double? ErpLoses, bool? ErpHurries);

    internal sealed record FailBody(string? Kind, string? Unit, decimal? Amount);
}
