namespace OpsConsole.Contracts;

/// <summary>The kinds of value that a schema lets stand somewhere.</summary>
[Flags]
public enum SchemaTypes
{
    None = 0,
    Text = 1,
    Number = 2,

    /// <summary>A number without a fraction; 5.0 is one.</summary>
    Whole = 4,
    Flag = 8,
    Object = 16,
    List = 32,
    Null = 64,
}

internal static class SchemaTypeNames
{
    private static readonly (string Name, SchemaTypes Type, string Said)[] s_all =
    [
        ("string", SchemaTypes.Text, "a text"), ("number", SchemaTypes.Number, "a number"), ("integer", SchemaTypes.Whole, "a whole number"), ("boolean", SchemaTypes.Flag, "true or false"),
        ("object", SchemaTypes.Object, "an object"), ("array", SchemaTypes.List, "a list"), ("null", SchemaTypes.Null, "empty"),
    ];

    public static readonly string All = string.Join(", ", s_all.Select(one => one.Name));

    public static SchemaTypes? Read(string? name) => Array.Find(s_all, one => one.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary><c>a text or empty</c>.</summary>
    public static string Say(SchemaTypes types) => string.Join(" or ", s_all.Where(one => types.HasFlag(one.Type)).Select(one => one.Said));
}
