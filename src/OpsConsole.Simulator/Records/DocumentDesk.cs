using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Outbox;
using OpsConsole.Simulator.Wire;

namespace OpsConsole.Simulator.Records;

/// <summary>
/// Takes documents for one system: reads them, has them checked by the system's rules, records them once by key, answers, and says so to the
/// console and to the middleware. A repaired replay comes in by the same door as the first attempt.
/// </summary>
internal sealed class DocumentDesk(Ledger ledger, Announcer announcer, ServiceCaller caller, Agenda agenda, BusinessClock clock)
{
    private static readonly TimeSpan s_notice = TimeSpan.FromMilliseconds(150);

    public async Task<IResult> Take(
        DocumentKind kind, HttpContext http, Func<Ledger, DocumentFacts, JsonObject, LedgerRefusal?> rules, TimeSpan? answersLateBy)
    {
        var body = await Read(http.Request);
        if (body is null)
        {
            return Answer(http, LedgerAnswer.Refused(LedgerRefusal.Malformed("The body must be a JSON object.")));
        }

        var facts = DocumentFacts.Read(kind, body);
        Activity.Current.Describe(facts);
        var call = new LedgerCall(
            clock.Now, LedgerKey.Read(http.Request.Headers["Idempotency-Key"]), http.Request.Headers["X-OpsConsole-Exception"],
            http.Request.Headers["X-OpsConsole-Attempt"]);
        var answer = ledger.Post(facts, body, call, book => FieldRules.Check(facts, body) ?? rules(book, facts, body));
        if (answer.Refusal is { } refusal)
        {
            Activity.Current.Fail(refusal.Code, new RefusedException(refusal.Message));
            return Answer(http, answer);
        }

        if (answersLateBy is { } late)
        {
            // It is written, and nobody hears of it: neither the caller, who has given up by then, nor the console.
            await clock.Dawdle(late, http.RequestAborted);
            return Answer(http, answer);
        }

        Announce(facts, answer.Record!);
        Notify(facts, answer.Record!);
        return Answer(http, answer);
    }

    public IResult Show(DocumentKind kind, string id) => ledger.Find(kind.Type, id) is { } record
        ? Results.Content(record.ToJson(), "application/json")
        : Results.Json(new { code = "NOT_FOUND", message = $"There is no {kind.Type} {id}." }, statusCode: StatusCodes.Status404NotFound);

    /// <summary>Says what the system now holds. Said again after a repeated key: whoever asks again has missed it the first time.</summary>
    public void Announce(DocumentFacts facts, LedgerRecord record) => announcer.Say(facts.Kind.Service, new SyncFact
    {
        Entity = new ObjectRef(facts.Type, facts.Id),
        Aliases = facts.Kind.System is "stripe" ? [new Alias("stripe", StripeIds.Of(facts.Type, facts.Id))] : null,
        System = facts.Kind.System,
        Operation = facts.Kind.Operation,
        Outcome = "succeeded",
        State = record.State,
        Version = record.Version,
        Links = facts.Links,
        BusinessUnit = facts.Entity?.BusinessUnit,
        LegalEntity = facts.Entity?.Code,
        Region = facts.Entity?.Region,
        Amount = facts.Amount,
        Currency = facts.Amount is null ? null : facts.Currency,
        Attributes = facts.Attributes,
    });

    /// <summary>The system's web-hook to the middleware, which may hold something back that waits for this record.</summary>
    private void Notify(DocumentFacts facts, LedgerRecord record)
    {
        var parent = Activity.Current?.Context ?? default;
        agenda.At(clock.Now + s_notice, Journey.Current, async token =>
        {
            var span = Spans.Start(facts.Kind.Service, $"notify {facts.Type}", ActivityKind.Internal, parent, clock.Now);
            span.Describe(facts);
            var body = new JsonObject { ["type"] = facts.Type, ["id"] = facts.Id, ["document"] = record.Document.DeepClone() };
            await caller.Call(facts.Kind.Service, "/middleware/recorded", body, facts, key: null, timeout: null, token);
            span.Finish(clock.Now);
        });
    }

    private static async Task<JsonObject?> Read(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Answer(HttpContext http, LedgerAnswer answer)
    {
        if (answer.Repeated)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        if (answer.Record is { } record)
        {
            http.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{http.Request.Path}/{record.Id}");
        }

        return Results.Content(answer.Body, "application/json", statusCode: answer.Status);
    }
}
