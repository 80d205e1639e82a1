using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Who could be given an exception: those who work on exceptions and see its unit. Or, asked so, who else could approve its replay.</summary>
public sealed record ListAssignees(Guid CaseId, Actor Actor) : IRequest<Outcome<AssigneeList>>, IGuarded
{
    /// <summary>Those who may decide as the second person, without the caller.</summary>
    public bool Approvers { get; init; }

    public Right Needs => Approvers ? Right.WorkCases : Right.AssignCases;
}

public sealed record AssigneeList(IReadOnlyList<Assignee> People);

public sealed record Assignee(string Id, string Name);

internal sealed class ListAssigneesHandler(OpsDb db, CaseDesk desk) : IRequestHandler<ListAssignees, Outcome<AssigneeList>>
{
    public async Task<Outcome<AssigneeList>> Handle(ListAssignees request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var people = await db.People.AsNoTracking().Where(p => !p.Disabled).OrderBy(p => p.DisplayName).ToListAsync(cancellationToken);
        return new AssigneeList(
            [.. from actor in people.Select(person => person.ToActor())
                where actor.Can(request.Approvers ? Right.Approve : Right.WorkCases) && actor.Scope.Covers(@case.Unit, @case.LegalEntity)
                where !request.Approvers || actor.Id != request.Actor.Id
                select new Assignee(actor.Id, actor.Name)]);
    }
}

internal static class Assignees
{
    /// <summary>The person with this id or e-mail address, as somebody who acts; nothing when there is none or the account is disabled.</summary>
    public static async Task<Actor?> Find(OpsDb db, string idOrEmail, CancellationToken cancellationToken)
    {
        var email = idOrEmail.ToUpperInvariant();
        var person = Guid.TryParse(idOrEmail, out var id)
            ? await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken)
            : await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == email, cancellationToken);
        return person is null or { Disabled: true } ? null : person.ToActor();
    }
}
