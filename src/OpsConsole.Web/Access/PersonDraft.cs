using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>An account as somebody is typing it.</summary>
public sealed class PersonDraft
{
    /// <summary>Nothing: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that was seen.</summary>
    public string? Seen { get; init; }

    public string Email { get; set; } = "";

    public string Name { get; set; } = "";

    public HashSet<Role> Roles { get; } = [];

    /// <summary>Why roles that conflict are given all the same.</summary>
    public string? InSpite { get; set; }

    public bool AllUnits { get; set; }

    public HashSet<string> Units { get; } = [];

    /// <summary>Units that no object has named yet, separated by commas.</summary>
    public string OtherUnits { get; set; } = "";

    public HashSet<string> Entities { get; } = [];

    /// <summary>Legal entities that no object has named yet, separated by commas.</summary>
    public string OtherEntities { get; set; } = "";

    /// <summary>The most that they decide, in the reporting currency; nothing: any amount.</summary>
    public decimal? UpTo { get; set; }

    /// <summary>The attributes that they may change, separated by commas; empty: all that contracts let.</summary>
    public string Attributes { get; set; } = "";

    public static PersonDraft Of(PersonRow person)
    {
        var draft = new PersonDraft
        {
            Id = person.Id, Seen = person.Seen, Email = person.Email, Name = person.Name, AllUnits = person.Grant.AllUnits,
            UpTo = person.Grant.Mandate.UpTo, Attributes = string.Join(", ", person.Grant.Mandate.Attributes),
        };
        draft.Roles.UnionWith(person.Grant.Roles);
        draft.Units.UnionWith(person.Grant.Units);
        draft.Entities.UnionWith(person.Grant.Entities);
        return draft;
    }

    public Grant Grant() =>
        new(Roles, AllUnits, [.. Units, .. Names(OtherUnits)]) { Entities = [.. Entities, .. Names(OtherEntities)], Mandate = new Mandate(UpTo, Names(Attributes)) };

    private static string[] Names(string typed) => typed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
