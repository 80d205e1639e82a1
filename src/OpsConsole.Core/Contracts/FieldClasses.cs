namespace OpsConsole.Contracts;

/// <summary>What a contract calls a field, as far as it decides who sees its value (<see cref="FieldTags"/>).</summary>
[Flags]
public enum FieldClasses
{
    None = 0,

    /// <summary>It tells of a person: shown by right, or revealed for a reason.</summary>
    Personal = 1,

    /// <summary>It moves money or books: shown by right, or revealed for a reason.</summary>
    Financial = 2,

    /// <summary>Never shown to anybody.</summary>
    Secret = 4,

    All = Personal | Financial | Secret,
}

/// <summary>What somebody may not see.</summary>
public static class Sight
{
    /// <summary>What dots stand for in everything that this reader asks for, as long as nothing is revealed to them.</summary>
    public static FieldClasses Hidden(this Actor actor) =>
        FieldClasses.All
        & ~(actor.Can(Right.ReadPersonal) ? FieldClasses.Personal : FieldClasses.None)
        & ~(actor.Can(Right.ReadFinancial) ? FieldClasses.Financial : FieldClasses.None);

    /// <summary>In words: <c>personal and financial</c>.</summary>
    public static string Say(this FieldClasses classes) =>
        string.Join(" and ", new[] { FieldClasses.Personal, FieldClasses.Financial, FieldClasses.Secret }.Where(one => classes.HasFlag(one)).Select(one => one.ToString().ToLowerInvariant()));
}
