namespace OpsConsole.Cases.Differences;

/// <summary>Looks through every field of two samples for what sets the one apart from the other.</summary>
internal static class DifferenceSearch
{
    private const int Fewest = 20;
    private const double SmallestGroup = 0.2;
    private const double SmallestShare = 0.05;

    /// <summary>The marks that are sound, the strongest first, one a field.</summary>
    public static IReadOnlyList<FoundMark> Of(IReadOnlyList<Specimen> failed, IReadOnlyList<Specimen> healthy)
    {
        if (failed.Count == 0 || healthy.Count == 0)
        {
            return [];
        }

        var (sick, well) = (Tally.Of(failed), Tally.Of(healthy));
        var marks = sick.Fields.Keys.Union(well.Fields.Keys).Where(field => Comparable(field.Group, sick, well, failed.Count, healthy.Count)).SelectMany(field => Marks(field, sick, well));
        var silent = sick.Groups.Keys.Union(well.Groups.Keys).Where(group => group.Length > 0).Select(group => new FoundMark(
            group, "", MarkKind.Silent, null,
            new Association(failed.Count - sick.Of(group), failed.Count, healthy.Count - well.Of(group), healthy.Count)));
        return
        [
            .. marks.Concat(silent.Where(mark => !Specimen.IsOwn(mark.Group)))
                .Where(mark => mark.Association.IsSound)
                .GroupBy(mark => (mark.Group, mark.Name)).Select(field => field.MaxBy(mark => mark.Association.Strength)!)
                .OrderByDescending(mark => mark.Association.Strength).ThenBy(mark => mark.Group, StringComparer.Ordinal).ThenBy(mark => mark.Name, StringComparer.Ordinal),
        ];
    }

    // The healthy carry a payload only where their sender sends one: a field of it says something when enough of both have it.
    private static bool Comparable(string group, Tally sick, Tally well, int failed, int healthy) =>
        group.Length == 0 || (sick.Of(group) >= Math.Min(Fewest, failed) && well.Of(group) >= Fewest && well.Of(group) >= SmallestGroup * healthy);

    private static IEnumerable<FoundMark> Marks((string Group, string Name) field, Tally sick, Tally well)
    {
        var (ofFailed, ofHealthy) = (sick.Of(field.Group), well.Of(field.Group));
        var (mine, theirs) = (sick.Fields.GetValueOrDefault(field) ?? FieldTally.None, well.Fields.GetValueOrDefault(field) ?? FieldTally.None);
        yield return new FoundMark(field.Group, field.Name, MarkKind.Has, null, new Association(mine.All, ofFailed, theirs.All, ofHealthy));
        yield return new FoundMark(field.Group, field.Name, MarkKind.Lacks, null, new Association(ofFailed - mine.All, ofFailed, ofHealthy - theirs.All, ofHealthy));
        foreach (var (value, counted) in mine.Values.Where(value => value.Value >= Math.Max(3, SmallestShare * ofFailed)))
        {
            yield return new FoundMark(field.Group, field.Name, MarkKind.Is, value, new Association(counted, ofFailed, theirs.Values.GetValueOrDefault(value), ofHealthy));
        }
    }

    private sealed class FieldTally
    {
        public static readonly FieldTally None = new();

        public int All { get; set; }

        public Dictionary<string, int> Values { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Tally
    {
        // An id that is another one for each object would fill memory and can never gather.
        private const int MostValues = 2_000;

        public Dictionary<string, int> Groups { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string Group, string Name), FieldTally> Fields { get; } = [];

        public int Of(string group) => Groups.GetValueOrDefault(group);

        public static Tally Of(IEnumerable<Specimen> specimens)
        {
            var tally = new Tally();
            foreach (var one in specimens)
            {
                tally.Take(one);
            }

            return tally;
        }

        private void Take(Specimen one)
        {
            foreach (var group in one.Groups)
            {
                Groups[group] = Groups.GetValueOrDefault(group) + 1;
            }

            foreach (var (field, value) in one.Fields)
            {
                if (!Fields.TryGetValue(field, out var counted))
                {
                    Fields[field] = counted = new FieldTally();
                }

                counted.All++;
                if (value is not null && (counted.Values.Count < MostValues || counted.Values.ContainsKey(value)))
                {
                    counted.Values[value] = counted.Values.GetValueOrDefault(value) + 1;
                }
            }
        }
    }
}

/// <summary>How a mark is borne.</summary>
public enum MarkKind
{
    /// <summary>The field is there, with whatever value.</summary>
    Has,

    /// <summary>The field is absent, null or empty.</summary>
    Lacks,

    /// <summary>The field has this value.</summary>
    Is,

    /// <summary>The system has said nothing of the object.</summary>
    Silent,
}

/// <param name="Group">Where the field stands.</param>
/// <param name="Name">The field.</param>
/// <param name="Kind">How it is borne.</param>
/// <param name="Value">Of <see cref="MarkKind.Is"/>.</param>
/// <param name="Association">How many of each bear it.</param>
internal sealed record FoundMark(string Group, string Name, MarkKind Kind, string? Value, Association Association)
{
    /// <summary>As people find it: <c>payload.taxCode</c>, <c>region</c>.</summary>
    public string Field => Group.Length == 0 ? Name : Name.Length == 0 ? SystemNames.Of(Group) : $"{Group}.{Name}";

    public bool IsBorneBy(Specimen one) => Kind switch
    {
        MarkKind.Silent => !one.Groups.Contains(Group),
        MarkKind.Has => one.Fields.ContainsKey((Group, Name)),
        MarkKind.Lacks => one.Groups.Contains(Group) && !one.Fields.ContainsKey((Group, Name)),
        _ => one.Fields.TryGetValue((Group, Name), out var value) && value == Value,
    };
}
