namespace OpsConsole.Web.Replay;

/// <summary>What the repair form hands over to be kept as a version.</summary>
/// <param name="Body">The whole payload; counts where it was edited as text.</param>
/// <param name="Edits">Field by field where it was edited as a form, so that every other byte stays: pointer → value as JSON. Nothing: <paramref name="Body"/> counts.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Reason">A code of <c>RepairReasons</c>.</param>
/// <param name="Raw">It was edited as JSON, past what the contract locks.</param>
public sealed record RepairSave(string Body, IReadOnlyDictionary<string, string?>? Edits, string Note, string Reason, bool Raw);
