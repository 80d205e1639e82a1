using OpsConsole.Cases.Team;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Adds a sentence to the history. Possible in every state, whoever holds it. Who is named with <c>@</c> is told, if they may see the exception.</summary>
public sealed record CommentCase(Guid CaseId, string Text, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public const int Longest = 512;

    public Right Needs => Right.ReadCases;
}

internal sealed class CommentCaseHandler(OpsDb db, CaseDesk desk) : IRequestHandler<CommentCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(CommentCase request, CancellationToken cancellationToken)
    {
        var text = request.Text.Trim();
        if (text.Length is 0 or > CommentCase.Longest)
        {
            return Refusal.Invalid("text", $"must have 1 to {CommentCase.Longest} characters");
        }

        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var named = text.Contains('@', StringComparison.Ordinal) ? Mentions.In(text, await Colleagues.Of(db, @case.Unit, @case.LegalEntity, cancellationToken)) : [];
        return await desk.Take(
            new CaseStepAsked(request.CaseId, null, CaseAction.Comment, request.Actor, text) { Concerned = [.. named.Select(id => ((string?)id, NoticeKind.Mentioned))] },
            cancellationToken);
    }
}
