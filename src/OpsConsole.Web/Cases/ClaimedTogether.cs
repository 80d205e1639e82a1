namespace OpsConsole.Web.Cases;

/// <summary>How claiming several ended.</summary>
public sealed record ClaimedTogether(IReadOnlyList<ClaimedItem> Items);

/// <param name="Name">EX-20418</param>
/// <param name="About">What it is about.</param>
/// <param name="Refused">Why not; nothing: it was claimed.</param>
public sealed record ClaimedItem(string Name, string About, string? Refused);
