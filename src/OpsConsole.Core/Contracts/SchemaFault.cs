namespace OpsConsole.Contracts;

/// <summary>Where a payload does not fit.</summary>
/// <param name="Pointer">The place (RFC 6901).</param>
/// <param name="Wanted">What would be right: <c>must be a date like 2026-10-31</c>.</param>
public sealed record SchemaFault(string Pointer, string Wanted);
