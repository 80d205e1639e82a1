using OpsConsole.Audit;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Each flow's recovery objective and how it was kept over the last days, within the caller's scope.</summary>
public sealed record ListObjectives(int Days, Actor Actor) : IRequest<Outcome<ObjectiveList>>, IGuarded
{
    public const int Longest = 90;

    public Right Needs => Right.ReadCases;
}

public sealed record ObjectiveList(IReadOnlyList<ObjectiveRow> Items, int Days);

/// <param name="Label">The flow as people read it.</param>
/// <param name="Hours">Within which an exception is to be recovered; nothing: the flow has no objective.</param>
/// <param name="Calendar">A calendar's name, <c>unit</c>, or nothing for plain hours.</param>
/// <param name="Share">Of its exceptions, 0 to 1, that are to be.</param>
/// <param name="Recovered">Proven resolved in time.</param>
/// <param name="Missed">Resolved too late, or open for too long.</param>
/// <param name="Running">Open and still in time. Dismissed ones count nowhere: nothing was to be recovered.</param>
public sealed record ObjectiveRow(string Flow, string Label, double? Hours, string? Calendar, double? Share, int Recovered, int Missed, int Running)
{
    /// <summary>The share that was kept; nothing while nothing is decided.</summary>
    public double? Kept => Recovered + Missed == 0 ? null : (double)Recovered / (Recovered + Missed);
}

/// <summary>The exceptions behind one number of an objective, longest first.</summary>
/// <param name="Show"><c>recovered</c>, <c>missed</c> or <c>running</c>.</param>
public sealed record ObjectiveCases(string Flow, string Show, int Days, Actor Actor) : IRequest<Outcome<ObjectiveCaseList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Items">At most 500 of them.</param>
public sealed record ObjectiveCaseList(IReadOnlyList<ObjectiveCase> Items, int Total);

/// <param name="Hours">From opening to its end or to now, in the objective's hours.</param>
public sealed record ObjectiveCase(Guid Id, string Name, string Title, string ObjectType, string ObjectId, string Unit, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, double Hours);

/// <summary>Sets a flow's recovery objective.</summary>
/// <param name="Flow">Its name.</param>
/// <param name="Hours">Above 0, at most a year.</param>
/// <param name="Share">Above 0, at most 1.</param>
/// <param name="Calendar">A calendar's name, <c>unit</c>, or nothing for plain hours.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetObjective(string Flow, double Hours, double Share, string? Calendar, Actor Actor) : IRequest<Outcome<ObjectiveList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class ListObjectivesHandler(OpsDb db, Recovery recovery) : IRequestHandler<ListObjectives, Outcome<ObjectiveList>>
{
    public async Task<Outcome<ObjectiveList>> Handle(ListObjectives request, CancellationToken cancellationToken)
    {
        if (request.Days is < 1 or > ListObjectives.Longest)
        {
            return Refusal.Invalid("days", $"must be 1 to {ListObjectives.Longest}");
        }

        var objectives = await db.RecoveryObjectives.AsNoTracking().ToDictionaryAsync(o => o.Flow, StringComparer.Ordinal, cancellationToken);
        var flows = await db.Flows.AsNoTracking().OrderBy(f => f.Name).Select(f => f.Definition).ToListAsync(cancellationToken);
        var rows = new List<ObjectiveRow>();
        foreach (var flow in flows.Select(FlowDefinition.FromJson))
        {
            var objective = objectives.GetValueOrDefault(flow.Name);
            var cases = objective is null ? [] : await recovery.Read(objective, request.Days, request.Actor, cancellationToken);
            rows.Add(new ObjectiveRow(
                flow.Name, flow.Label ?? flow.Name, objective?.Hours, objective?.Calendar, objective?.Share,
                cases.Count(one => one.Kept is true), cases.Count(one => one.Kept is false), cases.Count(one => one.Kept is null)));
        }

        return new ObjectiveList(rows, request.Days);
    }
}

internal sealed class ObjectiveCasesHandler(OpsDb db, Recovery recovery) : IRequestHandler<ObjectiveCases, Outcome<ObjectiveCaseList>>
{
    private const int Most = 500;

    public async Task<Outcome<ObjectiveCaseList>> Handle(ObjectiveCases request, CancellationToken cancellationToken)
    {
        bool? kept = request.Show switch
        {
            "recovered" => true,
            "missed" => false,
            _ => null,
        };
        if (kept is null && request.Show is not "running")
        {
            return Refusal.Invalid("show", "must be recovered, missed or running");
        }

        if (request.Days is < 1 or > ListObjectives.Longest)
        {
            return Refusal.Invalid("days", $"must be 1 to {ListObjectives.Longest}");
        }

        var objective = await db.RecoveryObjectives.AsNoTracking().SingleOrDefaultAsync(o => o.Flow == request.Flow, cancellationToken);
        if (objective is null)
        {
            return Refusal.NotFound($"A recovery objective of the flow {request.Flow}");
        }

        var cases = (await recovery.Read(objective, request.Days, request.Actor, cancellationToken)).Where(one => one.Kept == kept).ToList();
        return new ObjectiveCaseList([.. cases.OrderByDescending(one => one.Case.Hours).Take(Most).Select(one => one.Case)], cases.Count);
    }
}

internal sealed class SetObjectiveHandler(OpsDb db, IMediator mediator, TimeProvider clock, WorkSignals bells) : IRequestHandler<SetObjective, Outcome<ObjectiveList>>
{
    public async Task<Outcome<ObjectiveList>> Handle(SetObjective request, CancellationToken cancellationToken)
    {
        var calendar = string.IsNullOrWhiteSpace(request.Calendar) ? null : request.Calendar.Trim();
        if (!await db.Flows.AnyAsync(f => f.Name == request.Flow, cancellationToken))
        {
            return Refusal.NotFound($"The flow {request.Flow}");
        }

        if (request.Hours is not (> 0 and <= 8_760) || request.Share is not (> 0 and <= 1))
        {
            return Refusal.Invalid("hours", "must be above 0 and at most a year, with a share above 0 and at most 1");
        }

        if (calendar is not (null or CalendarBook.OfUnit) && !await db.Calendars.AnyAsync(c => c.Name == calendar, cancellationToken))
        {
            return Refusal.Invalid("calendar", $"\"{calendar}\" must be a calendar's name, or \"{CalendarBook.OfUnit}\"");
        }

        var (now, row) = (clock.GetUtcNow(), await db.RecoveryObjectives.SingleOrDefaultAsync(o => o.Flow == request.Flow, cancellationToken));
        if (row is null)
        {
            row = new RecoveryObjective { Flow = request.Flow, UpdatedAt = now, UpdatedBy = request.Actor.Name };
            db.RecoveryObjectives.Add(row);
        }

        (row.Hours, row.Share, row.Calendar, row.UpdatedAt, row.UpdatedBy) = (request.Hours, request.Share, calendar, now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(request.Actor, "objective.set", $"flow {request.Flow}", FormattableString.Invariant($"{request.Share:P0} within {request.Hours}h{(calendar is null ? "" : $" by {calendar}")}"), now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(0, cancellationToken);
        bells.Changes.Ring();
        return saved.Accepted ? await mediator.Send(new ListObjectives(30, request.Actor), cancellationToken) : saved.Refusal;
    }
}

/// <summary>How long the exceptions of a flow took.</summary>
internal sealed class Recovery(OpsDb db, TimeProvider clock)
{
    /// <returns>Each with whether it kept the objective; nothing while that is open.</returns>
    public async Task<List<(ObjectiveCase Case, bool? Kept)>> Read(RecoveryObjective objective, int days, Actor actor, CancellationToken cancellationToken)
    {
        var (now, flow) = (clock.GetUtcNow(), objective.Flow);
        var since = now.AddDays(-days);
        var calendars = await CalendarBook.Read(db, cancellationToken);
        var cases = await db.Cases.AsNoTracking().Seen(actor.Scope)
            .Where(c => c.OpenedAt >= since && c.State != CaseState.Dismissed)
            .Where(c => c.Kind == SignalKind.Missing
                ? c.System == flow
                : db.TransactionObjects.Any(o => o.ObjectKey == c.ObjectKey && db.Transactions.Any(t => t.Key == o.TransactionKey && t.Flow == flow)))
            .Select(c => new { c.Id, c.Number, c.Title, c.ObjectType, c.ObjectId, c.Unit, c.OpenedAt, c.EndedAt }).ToListAsync(cancellationToken);
        return cases.ConvertAll(c =>
        {
            var hours = calendars.Between(objective.Calendar, c.Unit, c.OpenedAt, c.EndedAt ?? now).TotalHours;
            var kept = hours > objective.Hours ? false : c.EndedAt is null ? (bool?)null : true;
            return (new ObjectiveCase(c.Id, $"EX-{c.Number}", c.Title, c.ObjectType, c.ObjectId, c.Unit, c.OpenedAt, c.EndedAt, hours), kept);
        });
    }
}
