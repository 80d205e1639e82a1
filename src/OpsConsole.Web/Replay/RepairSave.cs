namespace OpsConsole.Web.Replay;

/// <summary>What the repair form hands over to be kept as a version.</summary>
/// <param name="Body">The whole payload.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Reason">A code of <c>RepairReasons</c>.</param>
/// <param name="Raw">It was edited as JSON, past what the contract locks.</param>
public sealed record RepairSave(string Body, string Note, string Reason, bool Raw);
