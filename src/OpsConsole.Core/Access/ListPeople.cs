using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Everybody with an account, by name.</summary>
public sealed record ListPeople(Actor Actor) : IRequest<Outcome<PeopleList>>, IGuarded
{
    public Right Needs => Right.ManageAccess;
}

/// <param name="People">By name.</param>
/// <param name="Units">The units that objects and people name, for choosing from.</param>
/// <param name="Entities">The legal entities that objects and people name.</param>
public sealed record PeopleList(IReadOnlyList<PersonRow> People, IReadOnlyList<string> Units, IReadOnlyList<string> Entities);

/// <param name="Id">Of the person.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Grant">What they may do and where.</param>
/// <param name="Disabled">The account is closed.</param>
/// <param name="LastSeenAt">The latest sign-in.</param>
/// <param name="Seen">Goes back with a change, so that nobody overwrites what they have not seen.</param>
public sealed record PersonRow(
    Guid Id, string Email, string Name, Grant Grant, bool Disabled, DateTimeOffset? LastSeenAt, string? Seen)
{
    /// <summary>Until then nobody signs in from a device that is unknown, after too many wrong tries from such; the person's own devices go on.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    internal static PersonRow Of(Person person) => new(
        person.Id, person.Email ?? "", person.DisplayName, new Grant(person.Roles, person.AllUnits, person.Units) { Entities = person.Entities, Mandate = new Mandate(person.UpTo, person.Attributes) }, person.Disabled,
        person.LastSeenAt, person.ConcurrencyStamp);
}

internal sealed class ListPeopleHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ListPeople, Outcome<PeopleList>>
{
    public async Task<Outcome<PeopleList>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        var people = await db.People.AsNoTracking().OrderBy(p => p.DisplayName).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        var units = await db.Objects.AsNoTracking().Select(o => o.Unit).Distinct().ToListAsync(cancellationToken);
        var entities = await db.Objects.AsNoTracking().Where(o => o.LegalEntity != null).Select(o => o.LegalEntity!).Distinct().ToListAsync(cancellationToken);
        var locked = await SignInThrottle.LockedUntil(db, people.Select(p => p.Email ?? ""), clock.GetUtcNow(), cancellationToken);
        return new PeopleList(
            [.. people.Select(person => PersonRow.Of(person) with { LockedUntil = locked.TryGetValue(person.Email ?? "", out var until) ? until : null })],
            [.. units.OfType<string>().Concat(people.SelectMany(p => p.Units)).Append(Scope.Unassigned).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. entities.Concat(people.SelectMany(p => p.Entities)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
