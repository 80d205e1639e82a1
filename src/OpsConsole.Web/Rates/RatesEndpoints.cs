using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Rates;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Rates;

/// <summary>Dated exchange rates to the reporting currency.</summary>
internal static class RatesEndpoints
{
    public static void MapRates(this IEndpointRouteBuilder app)
    {
        var rates = app.MapGroup("/api/v1/rates").WithTags("Rates").AddEndpointFilter<IdempotentAnswers>();

        rates.MapGet("/", List).WithSummary("Lists the rates").RequireAuthorization(nameof(Right.ReadBoard));
        rates.MapPut("/", Set)
            .WithSummary("Sets dated exchange rates")
            .WithDescription("{\"rates\": [{\"currency\": \"USD\", \"date\": \"2026-10-30\", \"rate\": 0.918}]}: reporting currency per one unit, from that day (UTC) on. What is at risk is converted at the latest rate at or before the day of its receipt.")
            .RequireAuthorization(nameof(Right.ManageRules));
        rates.MapPut("/file", SetFile).Accepts<string>("text/csv")
            .WithSummary("Sets the rates of a file: currency,date,rate")
            .RequireAuthorization(nameof(Right.ManageRules));
    }

    private static async Task<Results<Ok<RateList>, ProblemHttpResult>> SetFile(HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = new char[RateFile.MostLetters + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        if (length > RateFile.MostLetters)
        {
            return Refusal.Invalid("file", $"must have at most {RateFile.MostLetters} letters").ToProblem();
        }

        var read = RateFile.Read(new string(text, 0, length));
        return read.Faults.Count > 0
            ? Refusal.Invalid("file", string.Join("; ", read.Faults.Select(fault => $"line {fault.Line} {fault.Why}"))).ToProblem()
            : (await mediator.Send(new SetRates(read.Rates, actor), cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<RateList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListRates(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RateList>, ProblemHttpResult>> Set(RatesBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetRates(body.Rates ?? [], actor), cancellationToken)).ToHttp();

    internal sealed record RatesBody(IReadOnlyList<RateBody>? Rates);
}
