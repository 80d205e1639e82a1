using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Ownership;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>The repair of one exception as a form: its fields by the contract, what may be changed, what is wrong, and the caller's own draft in it.</summary>
public sealed record ShowRepairForm(Guid CaseId, Actor Actor) : IRequest<Outcome<RepairForm>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Version">The payload version that it stands on; 0 is the original.</param>
/// <param name="Contract">Nothing: there is none for this payload, and the fields are those that it has.</param>
/// <param name="Fields">In the order of the form; empty when the payload is not a JSON object.</param>
/// <param name="Body">The repair as it stands, the draft included, with dots over what the caller may not see; nothing: the failure carried no payload.</param>
/// <param name="Faults">What stands against it: places, and what would be right.</param>
/// <param name="Changes">Field by field, against the message that failed.</param>
/// <param name="Draft">What the caller has begun; nothing: nothing.</param>
/// <param name="Failing">Whose word counts for the attribute that the failure names.</param>
public sealed record RepairForm(
    int Version, RepairContract? Contract, IReadOnlyList<FormField> Fields, string? Body, IReadOnlyList<FieldFault> Faults, IReadOnlyList<JsonChange> Changes, KeptDraft? Draft, FailingAttribute? Failing);

public sealed record RepairContract(string Name, string Label, int Version);

/// <param name="BaseVersion">The payload version that it was begun on.</param>
public sealed record KeptDraft(DraftContent Content, int BaseVersion, DateTimeOffset SavedAt);

/// <param name="Attribute">As the failure names it.</param>
/// <param name="Owner">The system that owns it, and the cell of the matrix that says so; nothing: the matrix does not say.</param>
public sealed record FailingAttribute(string Attribute, AttributeOwner? Owner);

internal sealed class ShowRepairFormHandler(OpsDb db, CaseDesk cases, RepairDesk desk) : IRequestHandler<ShowRepairForm, Outcome<RepairForm>>
{
    public async Task<Outcome<RepairForm>> Handle(ShowRepairForm request, CancellationToken cancellationToken)
    {
        var found = await cases.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var draft = await db.RepairDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == @case.Id && d.PersonId == request.Actor.Id, cancellationToken);
        return await desk.Form(@case, draft, request.Actor, cancellationToken);
    }
}

internal static class RepairForms
{
    /// <summary>The form with the draft in it.</summary>
    public static async Task<RepairForm> Form(this RepairDesk desk, ExceptionCase @case, RepairDraft? draft, Actor actor, CancellationToken cancellationToken)
    {
        var payload = await desk.Payload(@case, cancellationToken);
        var basis = await desk.Read(@case, payload.IsJson, actor, cancellationToken) with { Mandate = actor.Mandate };
        var content = draft is null ? DraftContent.Empty : DraftContent.FromJson(draft.Content);
        var contract = basis.Contract is { } known ? new RepairContract(known.Name, known.Label, known.Version) : null;
        var kept = draft is null ? null : new KeptDraft(content, draft.BaseVersion, draft.SavedAt);
        var failing = @case.ErrorAttribute is { Length: > 0 } attribute ? new FailingAttribute(attribute, FailingOwner(basis, attribute)) : null;
        if (payload.Current is not { } current)
        {
            return new RepairForm(payload.Version, contract, [], null, [], [], kept, failing);
        }

        var (veil, original, saved) = await desk.Veil(@case, payload, basis, cancellationToken);
        var body = veil.Lift(content.On(current), current);
        var shown = veil.Over(body, "new")!;
        if (!payload.IsJson || Replay.Payload.JsonFault(body) is not null)
        {
            return new RepairForm(payload.Version, contract, [], shown, [], [], kept, failing);
        }

        var verdict = basis.Judge(current, body, raw: content.Raw is not null);
        using var json = JsonDocument.Parse(shown, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
        var fields = new FormBuilder(basis, @case, new FormTexts(shown, saved, original), json.RootElement, verdict.Faults).Build();
        return new RepairForm(payload.Version, contract, fields, shown, verdict.Faults, original is null ? [] : JsonDiff.Of(original, shown), kept, failing);
    }

    // The matrix speaks of attributes; a failure may name the field that holds one.
    private static AttributeOwner? FailingOwner(RepairBasis basis, string said)
    {
        var rule = basis.Contract?.Schema.Field(said[0] is '/' ? said : JsonPointer.Below("", said));
        return rule is not null ? basis.OwnerOf(rule) : basis.Owners.Of(said);
    }
}
