using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Replay.Bulks;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What waits for a second person within the caller's scope, most urgent first; what the caller prepared stands in it, marked.</summary>
/// <param name="Take">How many, at most <see cref="ListCases.Longest"/>.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListApprovals(int Take, Actor Actor) : IRequest<Outcome<ApprovalList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Total">How many there are in all.</param>
/// <param name="Mine">How many of them the caller may decide.</param>
/// <param name="AtRisk">Of all in the reporting currency, each object counted once.</param>
/// <param name="Bulks">Bulks that wait as a whole, longest first; each is decided on its own page.</param>
public sealed record ApprovalList(IReadOnlyList<ApprovalRow> Items, int Total, int Mine, decimal AtRisk, string Currency, IReadOnlyList<BulkApproval> Bulks);

/// <param name="Name">B-12.</param>
/// <param name="Said">What was selected, in words.</param>
/// <param name="Worth">In the reporting currency, each object counted once.</param>
/// <param name="Why">Why a second person is needed.</param>
public sealed record BulkApproval(Guid Id, string Name, string Said, int Total, decimal Worth, string PreparedBy, string Why);

/// <param name="Case">As lists show it.</param>
/// <param name="PreparedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Asked">What they said when they asked.</param>
/// <param name="WhyNot">Why the caller cannot decide; nothing: they can.</param>
public sealed record ApprovalRow(CaseRow Case, string PreparedBy, DateTimeOffset? AskedAt, string Asked, string? WhyNot);

internal sealed class ListApprovalsHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListApprovals, Outcome<ApprovalList>>
{
    private const int MostBulks = 50;

    public async Task<Outcome<ApprovalList>> Handle(ListApprovals request, CancellationToken cancellationToken)
    {
        if (request.Take is < 1 or > ListCases.Longest)
        {
            return Refusal.Invalid("take", $"must be 1 to {ListCases.Longest}");
        }

        var me = request.Actor.Id;
        var waiting = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended().Where(c => c.State == CaseState.AwaitingApproval);
        var cases = await waiting.OrderBy(c => c.DueOrder).ThenBy(c => c.Number).Take(request.Take).ToListAsync(cancellationToken);
        var ids = cases.ConvertAll(c => c.Id);
        var asked = await db.CaseSteps.AsNoTracking().Where(s => ids.Contains(s.CaseId) && s.Action == CaseAction.Submit).ToListAsync(cancellationToken);
        var sums = await waiting.Sums(clock.GetUtcNow(), cancellationToken);
        var others = request.Actor.Can(Right.Approve) ? await waiting.CountAsync(c => c.PreparedBy != me, cancellationToken) : 0;
        var bulks = await db.Bulks.AsNoTracking().Where(b => b.State == BulkState.AwaitingApproval).OrderBy(b => b.CreatedAt).Take(MostBulks).ToListAsync(cancellationToken);
        return new ApprovalList(
            [.. cases.Select(c => Row(c, asked, request.Actor))], sums.Count, others, sums.AtRisk, reporting.Value.Currency,
            [.. bulks.Where(b => b.IsSeenBy(request.Actor)).Select(b => new BulkApproval(b.Id, b.Name, b.Said, b.Total, b.Worth, b.StartedByName ?? b.CreatedByName, b.NeedsApproval ?? ""))]);
    }

    private static ApprovalRow Row(ExceptionCase @case, List<CaseStep> asked, Actor actor)
    {
        var step = asked.Where(s => s.CaseId == @case.Id).MaxBy(s => s.Version);
        var whyNot = !actor.Can(Right.Approve) ? "Your roles do not include this." : @case.WhyNot(CaseAction.Approve, actor)?.Message;
        return new ApprovalRow(CaseRow.Of(@case), @case.PreparedByName ?? "", step?.At, step?.Reason ?? "", whyNot);
    }
}
