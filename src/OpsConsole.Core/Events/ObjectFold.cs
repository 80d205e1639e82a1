namespace OpsConsole.Events;

/// <summary>One object as its facts tell it.</summary>
/// <param name="Row">With its own values only; inherited units are added by the fold over transactions.</param>
/// <param name="States">One per system.</param>
/// <param name="Failures">One per (system, operation) that ever failed.</param>
public sealed record FoldedObject(BusinessObject Row, IReadOnlyList<ObjectState> States, IReadOnlyList<FailureRecord> Failures);

/// <summary>Folds the facts of one object, whatever order they arrived in (wire contract §3.1, Order).</summary>
public static class ObjectFold
{
    public static FoldedObject Fold(ObjectRef name, IEnumerable<Fact> facts) => Fold(name, name.Key, [.. facts]);

    /// <param name="name">The object.</param>
    /// <param name="key"><see cref="ObjectRef.Key"/> of it.</param>
    /// <param name="facts">All of its facts, in any order; they are put into the contract's.</param>
    internal static FoldedObject Fold(ObjectRef name, Guid key, List<Fact> facts)
    {
        facts.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        var spoken = facts.Exists(fact => fact.Outcome is SyncOutcome.Noted) ? facts.FindAll(fact => fact.Outcome is not SyncOutcome.Noted) : facts;          // the others stand on the timeline only
        var states = new List<ObjectState>();
        var failures = new List<FailureRecord>();
        foreach (var (_, said) in BySystem(spoken))
        {
            states.Add(State(key, said));
            if (said.Exists(fact => fact.Outcome is SyncOutcome.Failed))
            {
                failures.AddRange(FailureSpells.Fold(said));
            }
        }

        return new FoldedObject(Object(key, name, facts, spoken, states), states, failures);
    }

    /// <summary>In the order of the systems' names.</summary>
    private static List<(string System, List<Fact> Said)> BySystem(List<Fact> spoken)
    {
        var systems = new List<(string System, List<Fact> Said)>();
        foreach (var fact in spoken)
        {
            var place = 0;
            while (place < systems.Count && systems[place].System != fact.System)
            {
                place++;
            }

            if (place == systems.Count)
            {
                systems.Add((fact.System, []));
            }

            systems[place].Said.Add(fact);
        }

        systems.Sort(static (a, b) => string.CompareOrdinal(a.System, b.System));
        return systems;
    }

    private static BusinessObject Object(Guid key, ObjectRef name, List<Fact> ordered, List<Fact> spoken, List<ObjectState> states)
    {
        var unit = Latest(ordered, static fact => fact.BusinessUnit);
        var legalEntity = Latest(ordered, static fact => fact.LegalEntity);
        var region = Latest(ordered, static fact => fact.Region);
        var money = spoken.FindLast(static fact => fact.Amount is not null);
        return new BusinessObject
        {
            Key = key,
            Type = name.Type,
            Id = name.Id,
            Label = Label(ordered),
            OwnUnit = unit,
            OwnLegalEntity = legalEntity,
            OwnRegion = region,
            Unit = unit ?? Scope.Unassigned,
            LegalEntity = legalEntity,
            Region = region,
            Amount = money?.Amount,
            Currency = money?.Currency,
            Facts = ordered.Count,
            FirstAt = ordered.Count == 0 ? null : ordered[0].Order.Time,
            LastAt = ordered.Count == 0 ? null : ordered[^1].Order.Time,
            ReceivedAt = ordered.Count == 0 ? null : ordered.Max(static fact => fact.ReceivedAt),
            Systems = states.Count,
            Disagrees = Disagreement.Between(states),
            FirstsByState = StateFirsts.Fold(spoken),
        };
    }

    private static ObjectState State(Guid key, List<Fact> said)
    {
        var last = said[^1];
        var money = said.FindLast(static fact => fact.Amount is not null);
        var highest = said.Max(static fact => fact.Version);
        return new ObjectState
        {
            ObjectKey = key,
            System = last.System,
            State = last.State,
            Outcome = last.Outcome,
            Operation = last.Operation,
            Time = last.Order.Time,
            ReceivedAt = last.ReceivedAt,
            Version = last.Version,
            VersionFell = last.Version < highest,
            Amount = money?.Amount,
            Currency = money?.Currency,
            Attributes = AttributeSet.Merge(said.Select(static fact => fact.Attributes)),
            ErrorCode = last.Outcome is SyncOutcome.Failed ? last.ErrorCode : null,
            ErrorMessage = last.Outcome is SyncOutcome.Failed ? last.ErrorMessage : null,
            EventKey = last.Key,
            Facts = said.Count,
        };
    }

    private static string? Label(List<Fact> ordered)
    {
        for (var i = ordered.Count - 1; i >= 0; i--)
        {
            if ((AttributeSet.Text(ordered[i].Attributes, "name") ?? AttributeSet.Text(ordered[i].Attributes, "customerName")) is { } label)
            {
                return label.Length > 256 ? label[..256] : label;
            }
        }

        return null;
    }

    private static string? Latest(List<Fact> ordered, Func<Fact, string?> value)
    {
        for (var i = ordered.Count - 1; i >= 0; i--)
        {
            if (value(ordered[i]) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
