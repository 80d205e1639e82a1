namespace OpsConsole.Web.Parts;

/// <summary>A filter in force.</summary>
/// <param name="Key">In the query string.</param>
/// <param name="Name">As people call it: <c>Unit</c>.</param>
/// <param name="Value">What it lets through: <c>EMEA</c>.</param>
public sealed record FilterChip(string Key, string Name, string Value);
