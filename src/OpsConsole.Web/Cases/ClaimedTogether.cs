using OpsConsole.Cases;

namespace OpsConsole.Web.Cases;

/// <summary>How one step on several ended.</summary>
/// <param name="Items">Each with what came of it.</param>
/// <param name="Did">What was done, as it reads after a count: <c>claimed</c>.</param>
public sealed record ClaimedTogether(IReadOnlyList<ClaimedItem> Items, string Did = "claimed")
{
    public static string Word(TogetherAction action) => action switch
    {
        TogetherAction.Claim => "claimed",
        TogetherAction.Release => "given back",
        TogetherAction.Assign => "assigned",
        TogetherAction.Snooze => "on hold",
        _ => "dismissed",
    };
}

/// <param name="Name">EX-20418</param>
/// <param name="About">What it is about.</param>
/// <param name="Refused">Why not; nothing: it was done.</param>
public sealed record ClaimedItem(string Name, string About, string? Refused);
