namespace OpsConsole.Cases;

/// <summary>Adds a sentence to the history. Possible in every state, whoever holds it.</summary>
public sealed record CommentCase(Guid CaseId, string Text, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public const int Longest = 512;

    public Right Needs => Right.ReadCases;
}

internal sealed class CommentCaseHandler(CaseDesk desk) : IRequestHandler<CommentCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(CommentCase request, CancellationToken cancellationToken)
    {
        var text = request.Text.Trim();
        if (text.Length is 0 or > CommentCase.Longest)
        {
            return Refusal.Invalid("text", $"must have 1 to {CommentCase.Longest} characters");
        }

        return await desk.Take(new CaseStepAsked(request.CaseId, null, CaseAction.Comment, request.Actor, text), cancellationToken);
    }
}
