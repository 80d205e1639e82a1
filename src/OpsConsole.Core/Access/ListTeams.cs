using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Every team by its label, with who could be in one. Whoever works on exceptions may read it: they hand over to teams.</summary>
public sealed record ListTeams(Actor Actor) : IRequest<Outcome<TeamList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Teams">By label.</param>
/// <param name="People">Those who work on exceptions or approve, by name.</param>
public sealed record TeamList(IReadOnlyList<TeamRow> Teams, IReadOnlyList<TeamPerson> People);

/// <param name="Code">Stable.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Queues">Codes of queues.</param>
/// <param name="Members">Who is in it, by name.</param>
/// <param name="Seen">Goes back with a change, so that nobody overwrites what they have not seen.</param>
public sealed record TeamRow(string Code, string Label, IReadOnlyList<string> Queues, IReadOnlyList<TeamPerson> Members, DateTimeOffset Seen);

public sealed record TeamPerson(string Id, string Name);

internal sealed class ListTeamsHandler(OpsDb db) : IRequestHandler<ListTeams, Outcome<TeamList>>
{
    public async Task<Outcome<TeamList>> Handle(ListTeams request, CancellationToken cancellationToken) => await Read(db, cancellationToken);

    internal static async Task<TeamList> Read(OpsDb db, CancellationToken cancellationToken)
    {
        var teams = await db.Teams.AsNoTracking().OrderBy(t => t.Label).ThenBy(t => t.Code).ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().Where(p => !p.Disabled).OrderBy(p => p.DisplayName).ToListAsync(cancellationToken);
        var names = people.ToDictionary(person => person.Id.ToString(), person => person.DisplayName);
        return new TeamList(
            [.. teams.Select(team => new TeamRow(team.Code, team.Label, team.Queues, [.. Members(team, names)], team.UpdatedAt))],
            [.. people.Select(person => person.ToActor()).Where(actor => actor.Can(Right.WorkCases) || actor.Can(Right.Approve)).Select(actor => new TeamPerson(actor.Id, actor.Name))]);
    }

    // Whose account was closed is left out here and stays a member, should it be opened again.
    private static IEnumerable<TeamPerson> Members(Team team, Dictionary<string, string> names) =>
        from id in team.Members
        where names.ContainsKey(id)
        orderby names[id]
        select new TeamPerson(id, names[id]);
}
