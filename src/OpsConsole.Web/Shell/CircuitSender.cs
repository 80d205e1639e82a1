using OpsConsole.Access;
using OpsConsole.Live;
using OpsConsole.Storage.Past;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Sends one request from a page in a scope of its own: a circuit lives for hours, a database context must not. Before that it looks who
/// the person is now; a request made with rights that are no longer theirs is refused, and the page is drawn anew with the present ones. What
/// counts most asks the person first to confirm that it is them, and is then sent again as it was.
/// </summary>
public sealed class CircuitSender(IServiceScopeFactory scopes, CurrentActor who, PastView? view = null, StepUpPrompt? prompt = null)
{
    private static readonly Refusal s_changed = new(
        RefusalKind.Forbidden, "rights-changed", "Your rights were changed while this page was open. It now shows what you may do; try again.");

    public async Task<TAnswer> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken cancellationToken = default)
        where TAnswer : IOutcome<TAnswer>
    {
        var answer = await Once(request, cancellationToken);
        return answer.Refusal?.Code is StepUp.Code or StepUp.FullCode && prompt is not null && await prompt.Ask(answer.Refusal.Code is StepUp.FullCode) ? await Once(request, cancellationToken) : answer;
    }

    private async Task<TAnswer> Once<TAnswer>(IRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : IOutcome<TAnswer>
    {
        var now = await who.Look((request as IFollowing)?.Heard, cancellationToken: cancellationToken);
        if (now.Value is not { } actor)
        {
            return TAnswer.Refused(now.Refusal!);
        }

        if (request is IGuarded guarded && !CurrentActor.Same(guarded.Actor, actor))
        {
            return TAnswer.Refused(s_changed);
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.LookAt(PastReads.AreOfPresent(request.GetType()) ? null : view?.At);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
