using Microsoft.Extensions.Options;
using OpsConsole.Cases.Types;
using OpsConsole.Events;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>One exception with everything around it, but for its payloads and sends, which <c>ShowRepair</c> tells.</summary>
/// <param name="Name">Its id, or its number: <c>EX-20418</c>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowCase(string Name, Actor Actor) : IRequest<Outcome<CaseView>>, IGuarded, IFollowing
{
    public Right Needs => Right.ReadCases;

    public long? Heard { get; init; }
}

/// <param name="Case">As lists show it.</param>
/// <param name="Hint">What usually helps with this type.</param>
/// <param name="Error">What the system said.</param>
/// <param name="Steps">Its history, oldest first.</param>
/// <param name="Choices">What the caller can do with it now, and why not.</param>
/// <param name="Systems">What each system says of the object, side by side.</param>
/// <param name="Attributes">Every attribute that any system said, in order: the rows of the comparison.</param>
/// <param name="Links">What the object belongs with.</param>
/// <param name="Transactions">The transactions that it takes part in.</param>
/// <param name="Traces">Latest first.</param>
/// <param name="Cause">All of the same fingerprint.</param>
/// <param name="Similar">Ended ones of the same cause, latest first: how they were solved.</param>
/// <param name="QueueLabel">The queue as people read it.</param>
/// <param name="RuleSaid">Which rule chose the queue, as it read then.</param>
/// <param name="Prepared">Who asked for approval, and when.</param>
/// <param name="ReportingCurrency">The currency of reporting amounts.</param>
public sealed record CaseView(
    CaseRow Case,
    string Hint,
    CaseError? Error,
    IReadOnlyList<CaseStep> Steps,
    IReadOnlyList<CaseChoice> Choices,
    IReadOnlyList<SystemSays> Systems,
    IReadOnlyList<AttributeRow> Attributes,
    IReadOnlyList<CaseLink> Links,
    IReadOnlyList<CaseTransaction> Transactions,
    IReadOnlyList<CaseTrace> Traces,
    CauseRow? Cause,
    IReadOnlyList<SimilarCase> Similar,
    string QueueLabel,
    string? RuleSaid,
    CasePrepared? Prepared,
    string ReportingCurrency)
{
    /// <summary>What was said of the object, latest first: the latest <c>200</c> facts.</summary>
    public IReadOnlyList<FactLine> Facts { get; init; } = [];
}

/// <param name="Code">As the system said it.</param>
/// <param name="Category">One of the contract's.</param>
/// <param name="Message">For people.</param>
/// <param name="Attribute">The attribute that it complained about.</param>
public sealed record CaseError(string Code, string? Category, string? Message, string? Attribute);

/// <summary>Something that could be done to the exception now.</summary>
/// <param name="Action">What.</param>
/// <param name="Possible">The server would let the caller do it.</param>
/// <param name="WhyNot">A sentence, when not.</param>
public sealed record CaseChoice(CaseAction Action, bool Possible, string? WhyNot);

/// <summary>What one system says of the object.</summary>
/// <param name="System">Its name.</param>
/// <param name="State">The business state.</param>
/// <param name="Outcome">How its last operation ended.</param>
/// <param name="Operation">The last operation.</param>
/// <param name="Time">By its own clock.</param>
/// <param name="Version">The object's version there.</param>
/// <param name="Amount">As it holds it.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="Attributes">Name to value, as text; absent: the system never said it.</param>
/// <param name="Refused">It is the one that refused.</param>
public sealed record SystemSays(
    string System, string? State, SyncOutcome Outcome, string Operation, DateTimeOffset Time, long? Version, decimal? Amount, string? Currency,
    IReadOnlyDictionary<string, string?> Attributes, bool Refused);

/// <param name="Name">The attribute.</param>
/// <param name="Differs">Two systems hold different values.</param>
/// <param name="Complained">The error names it.</param>
public sealed record AttributeRow(string Name, bool Differs, bool Complained);

public sealed record CaseLink(string Type, string Id, string? Label, string Role);

/// <param name="Flow">The flow's name.</param>
/// <param name="Lead">The type of its lead.</param>
/// <param name="LeadId">The lead's id.</param>
/// <param name="Reached">Milestones reached.</param>
/// <param name="Milestones">Milestones in all.</param>
/// <param name="NextDueAt">The next deadline; in the past: overdue.</param>
public sealed record CaseTransaction(string Flow, string Lead, string LeadId, int Reached, int Milestones, DateTimeOffset? NextDueAt, DateTimeOffset? CompletedAt);

/// <param name="TraceId">Hex.</param>
/// <param name="Failed">A failed span names the object.</param>
/// <param name="OfFailure">The trace of the failure itself.</param>
public sealed record CaseTrace(string TraceId, string Service, string Name, DateTimeOffset StartedAt, double Milliseconds, int Spans, int Errors, bool Failed, bool OfFailure);

/// <param name="By">Who worked on it last.</param>
/// <param name="HowLong">From opening to ending.</param>
public sealed record SimilarCase(
    Guid Id, long Number, string ObjectType, string ObjectId, string? ObjectLabel, CaseState State, string? Ending, string? By, TimeSpan HowLong, DateTimeOffset EndedAt, bool CameBack);

public sealed record CasePrepared(string ById, string ByName, DateTimeOffset At);

internal sealed class ShowCaseHandler(Reach own, SharedReads reads, TimeProvider clock, IOptions<ReportingOptions> reporting)
    : IRequestHandler<ShowCase, Outcome<CaseView>>
{
    private const int MostSimilar = 8;

    public async Task<Outcome<CaseView>> Handle(ShowCase request, CancellationToken cancellationToken)
    {
        var actor = request.Actor;
        var revealed = await Revealed(actor, cancellationToken);
        var key = $"case|{request.Name}|{actor.Scope.Key}|{string.Join(',', actor.Rights.Order())}|{(revealed ? actor.Id : "")}";
        return await reads.Read(request.Heard, key, own, (reach, reading) => View(reach, request, reading), cancellationToken) is var (@case, view)
            ? view with { Choices = CaseChoices.For(@case, actor) }
            : Refusal.NotFound("The exception");
    }

    // What is revealed is shown to one, and shared with nobody.
    private async Task<bool> Revealed(Actor actor, CancellationToken cancellationToken)
    {
        var (me, now) = (actor.Id, clock.GetUtcNow());
        return actor.Can(Right.RevealFields) && await own.Db.FieldReveals.AnyAsync(r => r.PersonId == me && r.Until > now, cancellationToken);
    }

    // The same for all who have the same rights in the same units; what each may do with it is left out.
    private async Task<Found?> View(Reach reach, ShowCase request, CancellationToken cancellationToken)
    {
        var db = reach.Db;
        var found = await FindCaseHandler.Named(db.Cases.AsNoTracking(), request.Name).SingleOrDefaultAsync(cancellationToken);
        if (found is not { } @case || !request.Actor.Scope.Covers(@case.Unit))
        {
            return null;
        }

        var row = CaseRow.Of(@case);
        var steps = await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == @case.Id).OrderBy(s => s.Version).ToListAsync(cancellationToken);
        var around = await CaseAround.Read(reach.Mediator, @case, request.Actor, cancellationToken);
        var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope);
        var causes = await Causes.Read(seen, [@case.Fingerprint], clock.GetUtcNow(), cancellationToken);
        var cause = causes.GetValueOrDefault(@case.Fingerprint);
        row.OfCause = cause?.Open ?? 0;
        var view = new CaseView(
            row,
            ExceptionCatalog.Find(@case.ExceptionType)?.Hint ?? "",
            @case.ErrorCode is null ? null : new CaseError(@case.ErrorCode, @case.ErrorCategory, @case.ErrorMessage, @case.ErrorAttribute),
            steps,
            [],
            around.Systems,
            around.Attributes,
            around.Links,
            around.Transactions,
            around.Traces,
            cause,
            await Similar(db, seen, @case, cancellationToken),
            await db.Queues.Where(q => q.Code == @case.Queue).Select(q => q.Label).SingleOrDefaultAsync(cancellationToken) ?? @case.Queue ?? "",
            @case.RuleSaid,
            Prepared(@case, steps),
            reporting.Value.Currency)
        {
            Facts = around.Facts,
        };
        return new Found(@case, view);
    }

    private static CasePrepared? Prepared(ExceptionCase @case, List<CaseStep> steps) =>
        @case is { State: CaseState.AwaitingApproval, PreparedBy: { } by } && steps.FindLast(s => s.Action is CaseAction.Submit) is { } submitted
            ? new CasePrepared(by, @case.PreparedByName ?? by, submitted.At)
            : null;

    private static async Task<IReadOnlyList<SimilarCase>> Similar(OpsDb db, IQueryable<ExceptionCase> seen, ExceptionCase @case, CancellationToken cancellationToken)
    {
        var ended = await seen.Where(c => c.Fingerprint == @case.Fingerprint && c.Id != @case.Id && c.EndedAt != null)
            .OrderByDescending(c => c.EndedAt).Take(MostSimilar).ToListAsync(cancellationToken);
        var ids = ended.ConvertAll(c => c.Id);
        var workers = await db.CaseSteps.AsNoTracking().Where(s => ids.Contains(s.CaseId) && s.Human && s.Action != CaseAction.Comment)
            .ToListAsync(cancellationToken);
        return
        [
            .. from c in ended
               let who = workers.Where(s => s.CaseId == c.Id).MaxBy(s => s.Version)?.ActorName
               select new SimilarCase(
                   c.Id, c.Number, c.ObjectType, c.ObjectId, c.ObjectLabel, c.State, c.Ending, who, c.EndedAt!.Value - c.OpenedAt, c.EndedAt.Value, c.CameBack),
        ];
    }

    private sealed record Found(ExceptionCase Case, CaseView View);
}
