using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Who could be named in a comment on an exception: those who may see it.</summary>
public sealed record ListColleagues(Guid CaseId, Actor Actor) : IRequest<Outcome<ColleagueList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record ColleagueList(IReadOnlyList<Colleague> People);

internal sealed class ListColleaguesHandler(OpsDb db, CaseDesk desk) : IRequestHandler<ListColleagues, Outcome<ColleagueList>>
{
    public async Task<Outcome<ColleagueList>> Handle(ListColleagues request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        return found.Value is { } @case ? new ColleagueList(await Colleagues.Of(db, @case.Unit, @case.LegalEntity, cancellationToken)) : found.Refusal!;
    }
}
