using System.Text.Json;

namespace OpsConsole.Replay;

/// <summary>The same repair for many payloads: one field set to one value.</summary>
/// <param name="Pointer">The field (RFC 6901).</param>
/// <param name="Value">As JSON; nothing: the field is taken out.</param>
/// <param name="Only">Only where it now has this value, as JSON; nothing: whatever it has.</param>
/// <param name="OnlyMissing">Only where it is missing or empty.</param>
public sealed record RepairChange(string Pointer, string? Value, string? Only = null, bool OnlyMissing = false)
{
    internal Refusal? Wrong() =>
        JsonPointer.Read(Pointer) is not { Length: > 0 } ? Refusal.Invalid("field", "must be a JSON pointer like /taxProfile")
        : Value is not null && Payload.JsonFault(Value) is { } fault ? Refusal.Invalid("value", fault)
        : Only is not null && Payload.JsonFault(Only) is { } other ? Refusal.Invalid("only", other)
        : null;

    /// <summary>Whether it is meant for a payload.</summary>
    internal bool Concerns(string payload)
    {
        var present = JsonEdit.Read(payload, Pointer);
        return OnlyMissing ? present is null or "null" : Only is null || (present is not null && Same(present, Only));
    }

    /// <summary>The payload with the field set; nothing: it has no such place.</summary>
    internal string? On(string payload) => Value is null ? JsonEdit.Remove(payload, Pointer) : JsonEdit.Set(payload, Pointer, Value);

    private static bool Same(string one, string other)
    {
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        return JsonDiff.Same(left.RootElement, right.RootElement);
    }
}

/// <summary>An exception as somebody saw it.</summary>
public sealed record SeenCase(Guid Id, int Version);

/// <summary>Many exceptions: those that were ticked, as they were seen, or all of a cause that have not ended.</summary>
/// <param name="Cases">Frozen; what has changed since is left out and said so.</param>
/// <param name="Numbers">By number, as they are now: EX-20418 is 20418.</param>
/// <param name="Cause">A fingerprint.</param>
public sealed record RepairSelection(IReadOnlyList<SeenCase>? Cases = null, IReadOnlyList<long>? Numbers = null, string? Cause = null);

/// <summary>What the same repair would do to one of many.</summary>
public enum RepairVerdictKind
{
    /// <summary>It would be kept and fit.</summary>
    Valid,

    /// <summary>It would be changed, and still not fit or change what is locked.</summary>
    StillInvalid,

    /// <summary>Somebody else holds it.</summary>
    NotYours,

    /// <summary>It has that value already, or the condition leaves it out.</summary>
    Unchanged,

    /// <summary>It is past repair, carried no JSON, or has no such place.</summary>
    NotPossible,

    /// <summary>It was changed since it was selected.</summary>
    Stale,
}

/// <param name="Version">As it is now: what the repair will be made on.</param>
/// <param name="Verdict">Nothing while no change was named.</param>
/// <param name="Why">In words, where it would not be valid.</param>
/// <param name="Before">The field now, as JSON.</param>
/// <param name="Claims">Nobody holds it: it would be claimed first.</param>
public sealed record RepairItem(
    Guid Id, string Name, string ObjectType, string ObjectId, string? Label, string Unit, decimal? Amount, string? Currency, decimal? Reporting, int Version,
    RepairVerdictKind? Verdict, string? Why, string? Before, bool Claims);

/// <summary>A field that could be set in many, with the values that it has now, most frequent first.</summary>
public sealed record SharedField(FormField Field, IReadOnlyList<SharedValue> Values);

/// <param name="Value">As JSON; nothing: missing.</param>
public sealed record SharedValue(string? Value, int Count);

/// <param name="Items">In the order of their numbers.</param>
/// <param name="Fields">Those that a repair may change in at least one of them.</param>
/// <param name="More">There are more than <see cref="PreviewRepairs.Most"/>; the rest is not in here.</param>
public sealed record RepairPreview(IReadOnlyList<RepairItem> Items, IReadOnlyList<SharedField> Fields, bool More, string ReportingCurrency);
