namespace OpsConsole.Sources;

/// <summary>Why somebody was turned away at the door, as it is counted. Pages have a sentence for each.</summary>
public static class DoorReason
{
    /// <summary>More waits to be stored than the source's lane may add to (429).</summary>
    public const string Full = "lane-full";

    /// <summary>The body is larger than allowed (413).</summary>
    public const string TooLarge = "too-large";

    /// <summary>The key lacks the scope (403).</summary>
    public const string Scope = "scope-missing";

    /// <summary>More requests a second than the source is allowed (429).</summary>
    public const string Rate = "rate";

    /// <summary>It came from an address that the source does not name (403).</summary>
    public const string Address = "address";

    /// <summary>A web-hook without the headers of its signature (401).</summary>
    public const string HookUnsigned = "hook-unsigned";

    /// <summary>A web-hook that was signed too long ago, or in the future (401).</summary>
    public const string HookTime = "hook-time";

    /// <summary>A web-hook that is signed with another secret, or was changed on its way (401).</summary>
    public const string HookSignature = "hook-signature";

    /// <summary>A web-hook for a source that has no secret (401).</summary>
    public const string HookOff = "hook-off";

    /// <summary>A body that is no JSON (400).</summary>
    public const string Malformed = "malformed";
}
