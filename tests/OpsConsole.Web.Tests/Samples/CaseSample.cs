using OpsConsole.Basics;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Replay;

namespace OpsConsole.Web.Tests.Samples;

/// <summary>What the pages are handed, right in every field; a test names only what it is about.</summary>
internal static class CaseSample
{
    public static readonly CaseRow Row = new()
    {
        Id = new Guid("0196e3a1-0000-7000-8000-000000000001"),
        Number = 20418,
        Kind = SignalKind.Failure,
        Type = "tax-profile-missing",
        Title = "No tax profile, refused by NetSuite",
        Fingerprint = "9f2c41ab",
        Cause = "Tax profile missing, region CA",
        ObjectKey = new Guid("0196e3a1-0000-7000-8000-0000000000aa"),
        ObjectType = "invoice",
        ObjectId = "INV-10491",
        ObjectLabel = "Maple Ridge Dairy Inc.",
        System = "netsuite",
        Operation = "create",
        Unit = "AMER",
        LegalEntity = "CA01",
        Amount = 238_900m,
        Currency = "CAD",
        Reporting = 157_912.90m,
        State = CaseState.Open,
        OpenedAt = HandClock.Noon.AddHours(-8),
        FailedAt = HandClock.Noon.AddHours(-8),
        DueAt = HandClock.Noon.AddMinutes(18),
        Spells = 1,
        Version = 3,
        OfCause = 214,
    };

    public static readonly CaseError Error = new("TAX_PROFILE_MISSING", "validation", "Customer ACC-1745 has no tax profile", "taxProfile");

    public static readonly RepairView Repair = new(
        """{"tranId":"INV-10491","entity":"ACC-1745","amount":238900.00,"taxProfile":null,"lines":[{"sku":"A"}]}""", true, [],
        """{"tranId":"INV-10491","entity":"ACC-1745","amount":238900.00,"taxProfile":null,"lines":[{"sku":"A"}]}""", 0,
        new RepairTarget("erp-invoices", "http://erp.example/invoices", true, 900, null, false, true), "inv-10491-create", true, [new(new Guid("0196e3a1-0000-7000-8000-0000000000f1"), 2, "Amounts", "Above EUR 25,000 a second person must approve it.")], "EUR", "9f2c41ab00", null, []);

    /// <summary>The form as the console would answer it with this draft in it: a choice, a locked field, and one with a bound.</summary>
    public static RepairForm Form(DraftContent? draft = null, string? current = null)
    {
        var saved = current ?? Repair.Original!;
        var body = (draft ?? DraftContent.Empty).On(saved);
        if (JsonEdit.Read(body, "") is null)
        {
            return new RepairForm(0, new RepairContract("invoice", "ERP invoice", 7), [], body, [], [], new KeptDraft(draft!, 0, HandClock.Noon), null);
        }

        FormField Field(string name, FieldKind kind) => new()
        {
            Pointer = $"/{name}", Name = name, Kind = kind, Value = JsonEdit.Read(body, $"/{name}"), Saved = JsonEdit.Read(saved, $"/{name}"), Original = JsonEdit.Read(Repair.Original!, $"/{name}"),
        };
        var memo = Field("memo", FieldKind.Text);
        IReadOnlyList<string> faults = memo.Value is { Length: > 12 } ? ["must have at most 10 characters"] : [];
        return new RepairForm(
            0, new RepairContract("invoice", "ERP invoice", 7),
            [
                Field("taxProfile", FieldKind.Choice) with { Complained = true, Owner = "salesforce", Choices = [new("\"CA-ON-HST13\"", "Ontario, HST 13%"), new("\"CA-GST5\"", "CA-GST5")] },
                Field("tranId", FieldKind.Text) with { Locked = "It is the document's key in every system." },
                Field("amount", FieldKind.Number) with { Locked = "Stripe owns it", Owner = "stripe", Financial = true }, memo with { Faults = faults },
            ],
            body, [.. faults.Select(fault => new FieldFault("/memo", fault))], JsonDiff.Of(Repair.Original!, body), draft is null or { IsEmpty: true } ? null : new KeptDraft(draft, 0, HandClock.Noon), null);
    }

    public static readonly CaseView View = new(Row, "", Error, [], [], [], [], [], [], [], null, [], "AR invoices", null, null, "EUR");

    public static CaseStep Step(CaseAction action, CaseState to, int minutesAgo, string by = "Ines Moreau") => new()
    {
        CaseId = Row.Id, Version = 10_000 - minutesAgo, From = CaseState.Open, To = to, Action = action, ActorId = by, ActorName = by, Human = true, Reason = "",
        At = HandClock.Noon.AddMinutes(-minutesAgo),
    };

    public static SystemSays Says(string system, SyncOutcome outcome, int minutesAgo, params (string Name, string? Value)[] attributes) => new(
        system, null, outcome, "create", HandClock.Noon.AddMinutes(-minutesAgo), null, null, null,
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value), outcome is SyncOutcome.Failed);
}
