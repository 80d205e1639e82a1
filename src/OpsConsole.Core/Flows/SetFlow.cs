using System.Text.RegularExpressions;
using OpsConsole.Audit;
using OpsConsole.Calendars;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Sets a flow's definition. The same definition again changes nothing; another one folds its transactions again, by and by.</summary>
/// <param name="Definition">As it will be kept.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetFlow(FlowDefinition Definition, Actor Actor) : IRequest<Outcome<FlowView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Definition">What it says.</param>
/// <param name="Version">Raised at every change.</param>
/// <param name="Folded">True when every transaction follows this version.</param>
public sealed record FlowView(FlowDefinition Definition, int Version, bool Folded);

internal sealed class SetFlowHandler(OpsDb db, TimeProvider clock, WorkSignals signals) : IRequestHandler<SetFlow, Outcome<FlowView>>
{
    public async Task<Outcome<FlowView>> Handle(SetFlow request, CancellationToken cancellationToken)
    {
        if (FlowRules.Fault(request.Definition) is { } fault)
        {
            return fault;
        }

        if (await UnknownCalendar(request.Definition, cancellationToken) is { } unknown)
        {
            return unknown;
        }

        var definition = request.Definition.ToJson();
        var flow = await db.Flows.SingleOrDefaultAsync(row => row.Name == request.Definition.Name, cancellationToken);
        if (flow is not null && flow.Definition == definition)
        {
            return new FlowView(request.Definition, flow.Version, flow.FoldedVersion == flow.Version);
        }

        var now = clock.GetUtcNow();
        if (flow is null)
        {
            flow = new Flow { Name = request.Definition.Name, Definition = definition, UpdatedAt = now, UpdatedBy = request.Actor.Name };
            db.Flows.Add(flow);
        }
        else
        {
            (flow.Definition, flow.Version, flow.UpdatedAt, flow.UpdatedBy) = (definition, flow.Version + 1, now, request.Actor.Name);
        }

        db.Audit.Add(AuditEntry.Of(request.Actor, "flow.set", $"flow {flow.Name}", $"version {flow.Version}: {definition}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(new FlowView(request.Definition, flow.Version, false), cancellationToken);
        signals.Facts.Ring();
        return saved;
    }

    private async Task<Refusal?> UnknownCalendar(FlowDefinition flow, CancellationToken cancellationToken)
    {
        foreach (var milestone in flow.Milestones.Where(milestone => milestone.Calendar is not (null or CalendarBook.OfUnit)))
        {
            if (!await db.Calendars.AnyAsync(calendar => calendar.Name == milestone.Calendar, cancellationToken))
            {
                return Refusal.Invalid($"milestones.{milestone.Name}.calendar", $"\"{milestone.Calendar}\" must be a calendar's name, or \"{CalendarBook.OfUnit}\"");
            }
        }

        return null;
    }
}

/// <summary>What a flow definition must keep to, so that every fold of it ends.</summary>
internal static partial class FlowRules
{
    public static Refusal? Fault(FlowDefinition flow)
    {
        if (flow.Name is null || !Name().IsMatch(flow.Name))
        {
            return Refusal.Invalid("name", "must match [a-z][a-z0-9-]{0,63}");
        }

        if (flow.Lead is null || !Name().IsMatch(flow.Lead))
        {
            return Refusal.Invalid("lead", "must be an object type, matching [a-z][a-z0-9-]{0,63}");
        }

        return Paths(flow) ?? Milestones(flow) ?? Lags(flow);
    }

    private static Refusal? Paths(FlowDefinition flow)
    {
        if (flow.Paths is null)
        {
            return Refusal.Invalid("paths", "must be a list, empty when the lead stands alone");
        }

        foreach (var path in flow.Paths)
        {
            var types = path.Split('/');
            if (types.Length is < 2 or > 8 || types[0] != flow.Lead || !types.All(type => Name().IsMatch(type)))
            {
                return Refusal.Invalid("paths", $"\"{path}\" must be a chain of two to eight object types that begins with {flow.Lead}");
            }
        }

        return null;
    }

    private static Refusal? Milestones(FlowDefinition flow)
    {
        if (flow.Milestones is null)
        {
            return Refusal.Invalid("milestones", "must be a list");
        }

        var types = flow.Types.ToHashSet(StringComparer.Ordinal);
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var milestone in flow.Milestones)
        {
            if (string.IsNullOrEmpty(milestone.Name) || milestone.Name.Length > Columns.Code || before.Contains(milestone.Name))
            {
                return Refusal.Invalid("milestones.name", $"\"{milestone.Name}\" must be unique and of 1 to {Columns.Code} characters");
            }

            if (!types.Contains(milestone.Type) || string.IsNullOrEmpty(milestone.State))
            {
                return Refusal.Invalid($"milestones.{milestone.Name}", "needs a type that the lead or a path names, and a state");
            }

            if (milestone.After is not null && !before.Contains(milestone.After))
            {
                return Refusal.Invalid($"milestones.{milestone.Name}.after", "must name a milestone that stands before it");
            }

            if (milestone.DueHours is <= 0 or > 87_600 or double.NaN)
            {
                return Refusal.Invalid($"milestones.{milestone.Name}.dueHours", "must be a number of hours above 0 and at most ten years");
            }

            before.Add(milestone.Name);
        }

        return null;
    }

    private static Refusal? Lags(FlowDefinition flow)
    {
        var names = flow.Milestones.Select(milestone => milestone.Name).ToHashSet(StringComparer.Ordinal);
        return flow.Lags is null || flow.Lags.Any(lag => lag.Count != 2 || !lag.All(names.Contains))
            ? Refusal.Invalid("lags", "must be a list of pairs of milestone names")
            : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
