namespace OpsConsole.Contracts;

/// <summary>What a contract says of a field beside its form: the schema's own keywords, <c>x-oc-…</c>. A field inside another has its parent's where it says nothing itself.</summary>
public sealed record FieldTags
{
    public static readonly FieldTags None = new();

    /// <summary><c>x-oc-changeable</c>: whether a repair may change it. Nothing said: it may where the receiving system owns the attribute.</summary>
    public bool? Changeable { get; init; }

    /// <summary><c>x-oc-why</c>: why it may not be changed, or what to heed, for the person at the form.</summary>
    public string? Why { get; init; }

    /// <summary><c>x-oc-attribute</c>: the attribute's name in the ownership matrix, where it is another than the field's.</summary>
    public string? Attribute { get; init; }

    /// <summary><c>x-oc-personal</c>: it tells of a person.</summary>
    public bool Personal { get; init; }

    /// <summary><c>x-oc-financial</c>: it moves money or books.</summary>
    public bool Financial { get; init; }

    /// <summary><c>x-oc-secret</c>: it never leaves the console but to its target; everybody else sees that there is something, and not what (<see cref="FieldVeil"/>).</summary>
    public bool Secret { get; init; }

    /// <summary><c>x-oc-intake</c>: what becomes of its value before a fact is stored.</summary>
    public IntakeRule Intake { get; init; }

    /// <summary>The three together.</summary>
    public FieldClasses Classes =>
        (Personal ? FieldClasses.Personal : 0) | (Financial ? FieldClasses.Financial : 0) | (Secret || Intake is IntakeRule.Encrypt ? FieldClasses.Secret : 0);

    /// <summary><c>x-oc-lookup</c>: the values that it may have.</summary>
    public Lookup? Lookup { get; init; }

    /// <summary>Where this says nothing, the other's word.</summary>
    internal FieldTags Or(FieldTags other) => new()
    {
        Changeable = Changeable ?? other.Changeable, Why = Why ?? other.Why, Attribute = Attribute ?? other.Attribute, Lookup = Lookup ?? other.Lookup,
        Personal = Personal || other.Personal, Financial = Financial || other.Financial, Secret = Secret || other.Secret, Intake = Intake is IntakeRule.Keep ? other.Intake : Intake,
    };

    internal FieldTags Below(FieldTags own) => own with
    {
        Changeable = own.Changeable ?? Changeable, Why = own.Why ?? (own.Changeable is null ? Why : null),
        Personal = own.Personal || Personal, Financial = own.Financial || Financial, Secret = own.Secret || Secret, Intake = own.Intake is IntakeRule.Keep ? Intake : own.Intake,
    };
}

/// <summary>What becomes of a field's value before a fact is stored.</summary>
public enum IntakeRule
{
    Keep,

    /// <summary>It is left out; in a list it becomes nothing.</summary>
    Drop,

    /// <summary>A keyed hash stands in its place, so that equal values stay equal.</summary>
    Hash,

    /// <summary>It is kept encrypted, is a secret to everybody, and is opened only on its way to a target (<see cref="FieldSeal"/>).</summary>
    Encrypt,
}

/// <param name="Value">As JSON: <c>"NET30"</c>.</param>
/// <param name="Label">For people.</param>
public sealed record LookupValue(string Value, string Label);

/// <summary>The values that a field may have: the same for all, or by what another field of the payload says.</summary>
/// <param name="By">The pointer of the other field; nothing: <see cref="All"/> count.</param>
/// <param name="All">When they do not depend on another field.</param>
/// <param name="Sets">The other field's text → values.</param>
public sealed record Lookup(string? By, IReadOnlyList<LookupValue> All, IReadOnlyDictionary<string, IReadOnlyList<LookupValue>> Sets)
{
    /// <summary>What may stand there in this payload; nothing: the other field says something that the look-up does not know, so anything may.</summary>
    public IReadOnlyList<LookupValue>? In(System.Text.Json.JsonElement payload) =>
        By is null ? All : PayloadPlaces.Text(payload, By) is { } key && Sets.TryGetValue(key, out var values) ? values : null;
}
