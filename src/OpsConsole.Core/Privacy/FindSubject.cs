using OpsConsole.Audit;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Privacy;

/// <summary>Where one person stands: in fields that contracts call personal, in labels and in the sentences of errors. Changes nothing.</summary>
/// <param name="Values">What they are known by: e-mails, names, numbers; each as a whole, in any case.</param>
/// <param name="Actor">Who asks.</param>
public sealed record FindSubject(IReadOnlyList<string> Values, Actor Actor) : IRequest<Outcome<SubjectFound>>, IGuarded
{
    public const int MostValues = 20;
    public const int ShortestValue = 4;

    public Right Needs => Right.ManagePrivacy;

    internal static Refusal? Wrong(IReadOnlyList<string> values, Actor actor) =>
        !actor.Scope.Everything ? Refusal.Forbidden("A person is looked for and erased in all units at once, which takes somebody who may see all of them.")
        : values.Count is 0 or > MostValues || values.Any(value => value.Trim().Length < ShortestValue)
        ? Refusal.Invalid("values", $"must be 1 to {MostValues}, each of at least {ShortestValue} characters")
        : null;
}

/// <param name="Objects">With attributes or a label that name them.</param>
/// <param name="Exceptions">With a label, a sentence or a step that does.</param>
/// <param name="Payloads">Repaired versions.</param>
/// <param name="Telemetry">Spans and logs.</param>
/// <param name="Held">What a legal hold keeps, by name: it is left as it is.</param>
public sealed record SubjectFound(int Objects, int Exceptions, int Payloads, int Events, int Telemetry, IReadOnlyList<string> Held)
{
    public int Total => Objects + Exceptions + Payloads + Events + Telemetry;

    /// <summary>For the audit, which names no value.</summary>
    public override string ToString() =>
        $"{Objects} objects, {Exceptions} exceptions, {Payloads} payloads, {Events} events, {Telemetry} spans and logs; held: {(Held.Count == 0 ? "nothing" : string.Join(", ", Held.Take(20)))}";
}

internal sealed class FindSubjectHandler(OpsDb db, ContractShelf shelf, ISecretBox box, TimeProvider clock) : IRequestHandler<FindSubject, Outcome<SubjectFound>>
{
    public async Task<Outcome<SubjectFound>> Handle(FindSubject request, CancellationToken cancellationToken)
    {
        var values = request.Values.Select(value => value.Trim()).ToList();
        if (FindSubject.Wrong(values, request.Actor) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var key = await FieldKey.Of(db, box, now, cancellationToken);
        var found = await new SubjectWalk(db, shelf, values, key, erase: false).Run(cancellationToken);
        db.Audit.Add(AuditEntry.Of(request.Actor, "subject.find", SubjectText.NameOf(values, key), found.ToString(), now));
        await db.SaveChangesAsync(cancellationToken);
        return found;
    }
}
