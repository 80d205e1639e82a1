using OpsConsole.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Events;

/// <summary>What is the matter with an object, in one sentence.</summary>
internal static class ObjectSentence
{
    public static string Of(ObjectDetails found)
    {
        var name = $"{Words.Sentence(found.Type)} {found.Id}";
        var refused = found.Systems.Where(system => system.Outcome is SyncOutcome.Failed).Select(system => Words.System(system.System)).ToList();
        var have = found.Systems.Where(system => system.Outcome is SyncOutcome.Succeeded).ToList();
        var differing = Differing(found);
        return (found.Systems.Count, refused.Count, have.Count) switch
        {
            (0, _, _) => $"{name} is known by links only; no system has said anything of it.",
            (_, > 0, 0) => $"{name} was refused by {List(refused)}, and no other system has it.",
            (_, > 0, _) => $"{name} was refused by {List(refused)}; {List(have.Select(system => Words.System(system.System)))} {(have.Count == 1 ? "has" : "have")} it.",
            _ when differing.Count > 0 => $"{List(found.Systems.Select(system => Words.System(system.System)))} disagree about {List(differing)} of {Words.Of(found.Type)} {found.Id}.",
            (_, _, 0) => $"{name} is under way in {List(found.Systems.Select(system => Words.System(system.System)))}.",
            (1, _, _) => $"{name} is {State(have[0])} in {Words.System(have[0].System)}, the only system that speaks of it.",
            _ => $"{name} is {List(have.Select(system => $"{State(system)} in {Words.System(system.System)}"))}.",
        };
    }

    /// <summary>What systems hold different values of.</summary>
    public static List<string> Differing(ObjectDetails found)
    {
        var differing = found.Attributes.Where(attribute => attribute.Differs).Select(attribute => Words.Of(attribute.Name)).ToList();
        if (found.Systems.Where(system => system.Amount is not null).Select(system => system.Amount).Distinct().Count() > 1)
        {
            differing.Insert(0, "the amount");
        }

        return differing;
    }

    /// <summary><c>a, b and c</c>; more than four are counted.</summary>
    public static string List(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count switch
        {
            0 => "",
            1 => all[0],
            <= 4 => $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}",
            _ => $"{string.Join(", ", all.Take(3))} and {all.Count - 3} more",
        };
    }

    private static string State(SystemState system) => system.State is { Length: > 0 } state ? Words.Of(state) : "known";
}
