namespace OpsConsole.Basics;

/// <summary>A place in a JSON text, after RFC 6901: <c>/lines/0/amount</c>; the empty pointer is the whole.</summary>
public static class JsonPointer
{
    /// <summary>The names and places on the way; nothing when it is no pointer.</summary>
    public static string[]? Read(string? pointer)
    {
        if (pointer is null || pointer.Length == 0)
        {
            return pointer is null ? null : [];
        }

        return pointer[0] is '/'
            ? [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : null;
    }

    /// <summary>The pointer of what stands under <paramref name="name"/> at <paramref name="pointer"/>.</summary>
    public static string Below(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The last name on the way; empty for the whole.</summary>
    public static string Name(string pointer) => Read(pointer) is [.., var last] ? last : "";
}
