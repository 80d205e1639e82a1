using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Flows;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Flows;

internal static class TransactionsEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder app)
    {
        var transactions = app.MapGroup("/api/v1/transactions").WithTags("Transactions").RequireAuthorization();

        transactions.MapGet("/", List).WithSummary("Lists transactions by flow, status, milestone and lag");
        transactions.MapGet("/{flow}/{**id}", Show).WithSummary("Shows a transaction by the id of the object that leads it");
        app.MapGet("/api/v1/twins/{flow}/{**id}", Compare).WithTags("Transactions").RequireAuthorization().WithSummary("Compares a transaction with a healthy run of the same flow");
        app.MapGet("/api/v1/transaction-traces/{flow}/{**id}", Traces).WithTags("Transactions").RequireAuthorization().WithSummary("Shows a transaction's traces over its days and what is missing between them and its events");
    }

    private static async Task<Results<Ok<Page<TransactionLine>>, ProblemHttpResult>> List(
        HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? after = null, int take = 50) =>
        (await mediator.Send(new ListTransactions(TransactionUri.Of(Address.Of(http.Query)), actor, after, take), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TransactionDetails>, ProblemHttpResult>> Show(
        string flow, string id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowTransaction(flow, ObjectUri.Id(id), actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TransactionTraces>, ProblemHttpResult>> Traces(
        string flow, string id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowTransactionTraces(flow, ObjectUri.Id(id), actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TransactionComparison>, ProblemHttpResult>> Compare(
        string flow, string id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CompareTransactions(flow, ObjectUri.Id(id), actor), cancellationToken)).ToHttp();
}
