using System.Text.RegularExpressions;
using OpsConsole.Cases;

namespace OpsConsole.Replay.Targets;

/// <summary>By what a target is asked about an object: its name, the idempotency key, or a field of what would be sent.</summary>
/// <param name="Type">The object's type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Key">The key that every attempt carries.</param>
/// <param name="Body">What would be sent.</param>
internal sealed partial record Probe(string Type, string Id, string Key, string? Body)
{
    /// <summary>About nothing: any answer shows that the target is there.</summary>
    public static readonly Probe OfNothing = new("probe", "opsconsole-probe", "opsconsole-probe", null);

    public static Probe Of(ExceptionCase @case, string? body) => new(@case.ObjectType, @case.ObjectId, Payload.KeyOf(@case), body);

    /// <summary>The pattern asks for something that tells one object from another.</summary>
    public static bool Names(string pattern) => Places().Matches(pattern).Any(place => place.Value is not "{type}");

    /// <summary>The first place in the pattern that means nothing here; nothing: all of them are known.</summary>
    public static string? Unknown(string pattern) => AnyPlace().Matches(pattern).Select(place => place.Value).FirstOrDefault(place => !Places().IsMatch(place));

    /// <summary>The address with its places filled in.</summary>
    public string Fill(string pattern)
    {
        var body = Body is null ? null : HeldObject.Read(Body);
        return Places().Replace(pattern, place => Uri.EscapeDataString(place.Value switch
        {
            "{type}" => Type,
            "{id}" => Id,
            "{key}" => Key,
            _ => body?.Field(place.Groups[1].Value) ?? Id,
        }));
    }

    [GeneratedRegex(@"\{(?:type|id|key|payload:([A-Za-z0-9_.-]+))\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"\{[^{}/]*\}")]
    private static partial Regex AnyPlace();
}
