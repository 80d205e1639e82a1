using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Notify;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Notify;

/// <summary>What a person was told and how they want to be; the chat web-hooks that may be posted to.</summary>
internal static class NotifyEndpoints
{
    public static void MapNotify(this IEndpointRouteBuilder app)
    {
        var notices = app.MapGroup("/api/v1/notices").WithTags("Notices").AddEndpointFilter<IdempotentAnswers>().RequireAuthorization(nameof(Right.ReadCases));
        notices.MapGet("/", List).WithSummary("Lists what the caller was told, latest first");
        notices.MapPost("/read", Read).WithSummary("Marks notices as read, up to a moment");
        notices.MapGet("/settings", Wish).WithSummary("How the caller wants to be told");
        notices.MapPut("/settings", SetWish).WithSummary("Sets how the caller wants to be told");
        notices.MapPost("/settings/try", Try).WithSummary("Sends the caller a letter now");

        var hooks = app.MapGroup("/api/v1/chat-hooks").WithTags("Notices").AddEndpointFilter<IdempotentAnswers>();
        hooks.MapGet("/", Hooks).WithSummary("Lists the registered chat web-hooks").RequireAuthorization(nameof(Right.ReadCases));
        hooks.MapPut("/{name}", SaveHook).WithSummary("Registers a chat web-hook or changes it").RequireAuthorization(nameof(Right.ManageRules));
        hooks.MapDelete("/{name}", DeleteHook).WithSummary("Takes a chat web-hook away").RequireAuthorization(nameof(Right.ManageRules));
    }

    private static async Task<Results<Ok<NoticeList>, ProblemHttpResult>> List(bool? unread, string? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListNotices(unread ?? false, after, take ?? 50, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<NoticesRead>, ProblemHttpResult>> Read(ReadBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ReadNotices(body.Id, body.UpTo, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<NoticeWishView>, ProblemHttpResult>> Wish(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowNoticeWish(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<NoticeWishView>, ProblemHttpResult>> SetWish(NoticeWishBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetNoticeWish(body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<MailTried>, ProblemHttpResult>> Try(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new TryMail(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ChatHookList>, ProblemHttpResult>> Hooks(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListChatHooks(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ChatHookRow>, ProblemHttpResult>> SaveHook(string name, ChatHookBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveChatHook(name, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ChatHookList>, ProblemHttpResult>> DeleteHook(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteChatHook(name, actor), cancellationToken)).ToHttp();

    /// <param name="Id">One; nothing: all.</param>
    /// <param name="UpTo">The latest moment that the caller has seen.</param>
    internal sealed record ReadBody(Guid? Id, DateTimeOffset UpTo);
}
