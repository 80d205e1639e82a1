using OpsConsole.Access;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Somebody who sees an exception and could be asked about it.</summary>
/// <param name="Id">Of the person.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Handle">The part of their address before the at sign.</param>
public sealed record Colleague(string Id, string Name, string Handle);

internal static class Colleagues
{
    /// <summary>Everybody who may see exceptions of the unit and legal entity, by name.</summary>
    public static async Task<IReadOnlyList<Colleague>> Of(OpsDb db, string unit, string? entity, CancellationToken cancellationToken)
    {
        var people = await db.People.AsNoTracking().Where(p => !p.Disabled).OrderBy(p => p.DisplayName).ToListAsync(cancellationToken);
        return
        [
            .. from person in people
               let actor = person.ToActor()
               where actor.Can(Right.ReadCases) && actor.Scope.Covers(unit, entity)
               select new Colleague(actor.Id, actor.Name, Handle(person)),
        ];
    }

    private static string Handle(Person person) => (person.Email ?? "").Split('@')[0];
}

/// <summary>Who is named in a text: <c>@Hanna Berg</c>, <c>@hanna.berg</c> by the address, or <c>@Hanna</c> where only one is called so.</summary>
internal static class Mentions
{
    public static IReadOnlyList<string> In(string text, IReadOnlyList<Colleague> colleagues)
    {
        var firsts = colleagues.CountBy(person => First(person), StringComparer.OrdinalIgnoreCase).Where(first => first.Value == 1).Select(first => first.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from person in colleagues
               where Names(text, person.Name) || Names(text, person.Handle) || (firsts.Contains(First(person)) && NamesFirst(text, person, colleagues))
               select person.Id,
        ];
    }

    private static string First(Colleague person) => person.Name.Split(' ')[0];

    // "@Ines Okafor" does not mean the only Ines when somebody of that full name exists.
    private static bool NamesFirst(string text, Colleague person, IReadOnlyList<Colleague> all) =>
        Names(text, First(person)) && !all.Any(other => other != person && First(other) == First(person) && Names(text, other.Name));

    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); name.Length > 0 && at >= 0; at = text.IndexOf('@', at + 1))
        {
            var end = at + 1 + name.Length;
            var begins = at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '_');
            if (begins && end <= text.Length && text.AsSpan(at + 1, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase) && (end == text.Length || !Goes(text, end)))
            {
                return true;
            }
        }

        return false;
    }

    // The word goes on: a letter, or a dot that is not the end of the sentence.
    private static bool Goes(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || (text[at] is '.' or '-' or '_' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));
}
