using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>A repair that somebody has begun and not saved: theirs alone, kept while they type, so that no lost connection and no restart loses it.</summary>
public sealed class RepairDraft
{
    /// <summary>So many days without a key being typed, and it is dropped.</summary>
    public const int KeptDays = 30;

    public required Guid CaseId { get; init; }

    public required string PersonId { get; init; }

    /// <summary>The payload version that it was begun on.</summary>
    public required int BaseVersion { get; set; }

    /// <summary>A <see cref="DraftContent"/> as JSON.</summary>
    public required string Content { get; set; }

    public required DateTimeOffset SavedAt { get; set; }
}

/// <summary>What was typed. Fields are kept one by one, so that the draft fits on a version that somebody else saves meanwhile.</summary>
/// <param name="Edits">Pointer → value as JSON; nothing: taken out.</param>
/// <param name="Raw">The whole text, where it is edited as JSON; then <paramref name="Edits"/> do not count.</param>
/// <param name="Reason">A <see cref="RepairReasons"/> code, or empty.</param>
/// <param name="Note">What was changed and why.</param>
public sealed record DraftContent(IReadOnlyDictionary<string, string?> Edits, string? Raw, string Reason, string Note)
{
    public static readonly DraftContent Empty = new(new Dictionary<string, string?>(), null, "", "");

    public bool IsEmpty => Edits.Count == 0 && Raw is null && Reason.Length == 0 && Note.Length == 0;

    /// <summary>The payload with what was typed. A field that has no place there any more is left out.</summary>
    public string On(string payload) =>
        Raw ?? Edits.Aggregate(payload, (text, edit) => edit.Value is null ? JsonEdit.Remove(text, edit.Key) : JsonEdit.Set(text, edit.Key, edit.Value) ?? text);

    internal string ToJson() => JsonSerializer.Serialize(this, JsonStyle.Plain);

    internal static DraftContent FromJson(string json) => JsonSerializer.Deserialize<DraftContent>(json, JsonStyle.Plain) ?? Empty;

    /// <summary>What is wrong with it; nothing when it can be kept.</summary>
    internal Refusal? Wrong() =>
        Edits.Count > 1_000 || Edits.Any(edit => JsonPointer.Read(edit.Key) is not { Length: > 0 } || (edit.Value is not null && Payload.JsonFault(edit.Value) is not null))
            ? Refusal.Invalid("edits", "must be JSON values by JSON pointer, at most 1,000")
        : Reason.Length > Columns.Code ? Refusal.Invalid("reason", $"must have at most {Columns.Code} characters")
        : Note.Length > 400 ? Refusal.Invalid("note", "must have at most 400 characters")
        : ToJson().Length > 2 << 20 ? Refusal.Invalid("draft", "must have at most 2 MiB")
        : null;
}
