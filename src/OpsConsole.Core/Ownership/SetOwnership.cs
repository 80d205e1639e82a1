using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Ownership;

/// <summary>Sets cells of the matrix, all of them or none. A cell that says so already stays as it is; one without an owner says nothing any more.</summary>
public sealed record SetOwnership(IReadOnlyList<OwnershipSet> Cells, Actor Actor) : IRequest<Outcome<IReadOnlyList<OwnershipCell>>>, IGuarded
{
    public const int Most = 500;

    public Right Needs => Right.ManageRules;
}

/// <param name="Entity">An object type, or <c>*</c>.</param>
/// <param name="Attribute">An attribute's canonical name, or <c>*</c>.</param>
/// <param name="Unit">A business unit, or <c>*</c>; <c>*</c> when absent.</param>
/// <param name="Owner">The system; nothing: the cell shall say nothing.</param>
/// <param name="Note">Why.</param>
/// <param name="Seen">The cell's version that the caller saw, 0 for none; nothing: whatever it is now.</param>
public sealed record OwnershipSet(string? Entity, string? Attribute, string? Unit, string? Owner, string? Note = null, int? Seen = null);

internal sealed class SetOwnershipHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<SetOwnership, Outcome<IReadOnlyList<OwnershipCell>>>
{
    public async Task<Outcome<IReadOnlyList<OwnershipCell>>> Handle(SetOwnership request, CancellationToken cancellationToken)
    {
        if (request.Cells.Count is 0 or > SetOwnership.Most)
        {
            return Refusal.Invalid("cells", $"must be 1 to {SetOwnership.Most}");
        }

        var now = clock.GetUtcNow();
        var set = new List<OwnershipRule>();
        foreach (var cell in request.Cells.Select(Settled).DistinctBy(cell => (cell.Entity, cell.Attribute, cell.Unit)))
        {
            var made = Wrong(cell) is { } refusal ? refusal : await Set(cell, request.Actor, now, cancellationToken);
            if (made.Value is not { } rule)
            {
                return made.Refusal!;
            }

            set.Add(rule);
        }

        var answer = Outcome.Of<IReadOnlyList<OwnershipCell>>(set.ConvertAll(OwnershipCell.Of));
        if (!db.ChangeTracker.HasChanges())
        {
            return answer;
        }

        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(answer.Value!, cancellationToken);
        bells.Changes.Ring();
        return saved;
    }

    private async Task<Outcome<OwnershipRule>> Set(OwnershipSet cell, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = await db.OwnershipRules.SingleOrDefaultAsync(r => r.Entity == cell.Entity && r.Attribute == cell.Attribute && r.Unit == cell.Unit && r.InForce, cancellationToken);
        var name = $"{cell.Entity} {cell.Attribute} in {cell.Unit}";
        if (cell.Seen is { } seen && seen != (before?.Version ?? 0))
        {
            return Refusal.Stale($"The owner of {name}");
        }

        var rule = new OwnershipRule
        {
            Entity = cell.Entity!, Attribute = cell.Attribute!, Unit = cell.Unit!, Version = (before?.Version ?? 0) + 1, Owner = cell.Owner, Note = cell.Note ?? "", SetAt = now, SetBy = actor.Name,
        };
        if (before?.Owner == cell.Owner)
        {
            return before ?? rule;
        }

        if (before is not null)
        {
            (before.InForce, before.EndedAt) = (false, now);
        }

        db.OwnershipRules.Add(rule);
        db.Audit.Add(AuditEntry.Of(actor, "ownership.set", $"owner of {name}", $"{before?.Owner ?? "nobody"} → {rule.Owner ?? "nobody"}{(rule.Note.Length > 0 ? ": " : "")}{rule.Note}", now));
        return rule;
    }

    private static OwnershipSet Settled(OwnershipSet cell) => cell with
    {
        Entity = Filled(cell.Entity), Attribute = Filled(cell.Attribute), Unit = Filled(cell.Unit) ?? OwnershipRule.Any, Owner = Filled(cell.Owner), Note = Filled(cell.Note),
    };

    private static Refusal? Wrong(OwnershipSet cell) =>
        cell.Entity is not { Length: <= 64 } ? Refusal.Invalid("entity", "must be an object type of at most 64 characters, or *")
        : cell.Attribute is not { Length: <= 128 } ? Refusal.Invalid("attribute", "must be an attribute's name of at most 128 characters, or *")
        : cell.Unit is not { Length: <= 128 } ? Refusal.Invalid("unit", "must be a business unit of at most 128 characters, or *")
        : cell.Owner is { Length: > 64 } ? Refusal.Invalid("owner", "must be a system's name of at most 64 characters")
        : cell.Note is { Length: > 400 } ? Refusal.Invalid("note", "must have at most 400 characters")
        : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
