using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Ownership;

namespace OpsConsole.Replay;

/// <summary>What a repair of one exception is measured by: the contract of its payload, and who owns which attribute.</summary>
/// <param name="System">The system that the payload goes to.</param>
/// <param name="Contract">Nothing: there is none for it, or the payload is not JSON.</param>
/// <param name="Owners">For the object's type and unit.</param>
internal sealed record RepairBasis(string System, ContractInForce? Contract, OwnerBook Owners)
{
    /// <summary>Of the person at the form.</summary>
    public Mandate Mandate { get; init; } = Mandate.Whole;

    /// <summary>What the one who repairs may not see.</summary>
    public FieldClasses Hidden { get; init; } = FieldClasses.All;

    /// <summary>Over what they may not see.</summary>
    public FieldVeil Veil => new(Contract?.Schema, Hidden);

    /// <summary>Why a repair may not change the field; nothing: it may.</summary>
    public string? WhyLocked(string pointer)
    {
        if (Contract is null)
        {
            return Beyond(pointer, null);
        }

        if (Contract.Schema.Field(pointer) is not { } rule)
        {
            return $"{Contract.Label} does not name it";
        }

        if (Beyond(pointer, rule.Tags.Attribute) is { } beyond)
        {
            return beyond;
        }

        var owner = OwnerOf(rule);
        return rule.Tags.Changeable switch
        {
            true => null,
            false => rule.Tags.Why ?? (owner is null ? "The contract keeps it as it is" : $"{SystemNames.Of(owner.System)} owns it"),
            _ when owner?.System == System => null,
            _ => owner is null ? "The contract does not open it" : $"{SystemNames.Of(owner.System)} owns it",
        };
    }

    // A change of the whole payload changes every attribute; a name deep inside is named by itself or by its path.
    private string? Beyond(string pointer, string? attribute) =>
        Mandate.Attributes.Count == 0 || (Attribute(pointer) is { Length: > 0 } path && Mandate.MayChange([path, .. path.Split('.'), .. attribute is null ? Array.Empty<string>() : [attribute]]))
            ? null
            : $"you change only {string.Join(" and ", Mandate.Attributes)}";

    /// <summary>The owner of what a field holds, by the attribute that its contract names, else by its own name.</summary>
    public AttributeOwner? OwnerOf(FieldRule rule) => Owners.Of(rule.Tags.Attribute ?? Attribute(rule.Pointer));

    /// <summary>What changes, and what stands against it.</summary>
    /// <param name="before">What would be sent now; nothing: the failure carried nothing, so anything may be written.</param>
    /// <param name="after">The repair; JSON.</param>
    /// <param name="raw">By somebody who may change what is locked.</param>
    public RepairVerdict Judge(string? before, string after, bool raw)
    {
        var changes = before is null ? [] : JsonDiff.Of(before, after);
        var faults = new List<FieldFault>();
        faults.AddRange(
            from change in before is null ? [new JsonChange("", null, after)] : changes
            let why = raw || before is null ? Beyond(change.Pointer, Contract?.Schema.Field(change.Pointer)?.Tags.Attribute) : WhyLocked(change.Pointer)
            where why is not null
            select new FieldFault(change.Pointer, $"may not be changed: {why}"));
        if (Contract is null)
        {
            return new RepairVerdict(changes, faults);
        }

        if (before is not null)
        {
            faults.AddRange(Veil.Blind(before, after).Select(place => new FieldFault(place.Pointer, $"may not be changed unseen: reveal the {place.Classes.Say()} fields first")));
        }

        using var payload = JsonDocument.Parse(after, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
        faults.AddRange(Contract.Schema.Check(payload.RootElement).Where(fault => !FieldSeal.IsSealed(JsonEdit.Read(after, fault.Pointer))).Select(fault => new FieldFault(fault.Pointer, fault.Wanted)));
        return new RepairVerdict(changes, faults);
    }

    /// <summary>The same for what is no JSON: it changes as a whole.</summary>
    public RepairVerdict JudgeText() => new([], Beyond("", null) is { } why ? [new FieldFault("", $"may not be changed: {why}")] : []);

    /// <summary><c>/lines/0/taxCode</c> is the attribute <c>lines.taxCode</c>.</summary>
    public static string Attribute(string pointer) =>
        string.Join('.', (JsonPointer.Read(pointer) ?? []).Where(name => !name.All(char.IsAsciiDigit)));
}

/// <param name="Changes">Value by value.</param>
/// <param name="Faults">None: it can be kept.</param>
internal sealed record RepairVerdict(IReadOnlyList<JsonChange> Changes, IReadOnlyList<FieldFault> Faults);
