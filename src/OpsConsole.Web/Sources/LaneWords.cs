using OpsConsole.Sources;

namespace OpsConsole.Web.Sources;

/// <summary>How people read lanes and refusals at the door.</summary>
internal static class LaneWords
{
    public static string Of(Lane lane) => lane switch
    {
        Lane.First => "First",
        Lane.Later => "Later",
        _ => "Normal",
    };

    /// <summary>Why somebody was turned away, as the end of "3 times: …".</summary>
    public static string Because(string reason) => reason switch
    {
        DoorReason.Full => "told to come again, more was waiting than may",
        DoorReason.Rate => "more requests a second came than it is allowed",
        DoorReason.Address => "it came from an address that is not on its list",
        DoorReason.TooLarge => "the body was too large",
        DoorReason.Scope => "the key lacks the scope",
        DoorReason.HookUnsigned => "a web-hook came without the headers of its signature",
        DoorReason.HookTime => "a web-hook was signed too long ago, or its clock is wrong",
        DoorReason.HookSignature => "a web-hook was signed with another secret or changed on its way",
        DoorReason.HookOff => "a web-hook came although no secret is set",
        DoorReason.Malformed => "the body could not be read",
        _ => reason,
    };
}
