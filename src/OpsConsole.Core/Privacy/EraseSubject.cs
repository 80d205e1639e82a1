using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>Writes <c>erased</c> wherever <see cref="FindSubject"/> finds the person. What a legal hold keeps stays; so do the audit, whose entries never change, and the identity of events.</summary>
/// <param name="Values">What they are known by.</param>
/// <param name="Reason">Why, in at least 10 characters; without the values.</param>
/// <param name="Actor">Who asks.</param>
public sealed record EraseSubject(IReadOnlyList<string> Values, string Reason, Actor Actor) : IRequest<Outcome<SubjectFound>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManagePrivacy;
}

internal sealed class EraseSubjectHandler(OpsDb db, ContractShelf shelf, ISecretBox box, TimeProvider clock) : IRequestHandler<EraseSubject, Outcome<SubjectFound>>
{
    public async Task<Outcome<SubjectFound>> Handle(EraseSubject request, CancellationToken cancellationToken)
    {
        var (reason, values) = (request.Reason.Trim(), request.Values.Select(value => value.Trim()).ToList());
        if (FindSubject.Wrong(values, request.Actor) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var key = await FieldKey.Of(db, box, now, cancellationToken);
        if (reason.Length is < RevealFields.ShortestReason or > RevealFields.LongestReason || new SubjectText(values, key).Said(reason) is not null)
        {
            return Refusal.Invalid("reason", $"must have {RevealFields.ShortestReason} to {RevealFields.LongestReason} characters, and none of the values in it: the audit keeps it");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await new SubjectWalk(db, shelf, values, key, erase: true).Run(cancellationToken);
        db.Audit.Add(AuditEntry.Of(request.Actor, "subject.erase", SubjectText.NameOf(values, key), $"{found}. {reason}", now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found;
    }
}
