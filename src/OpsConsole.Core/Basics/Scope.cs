using System.Collections.Frozen;

namespace OpsConsole.Basics;

/// <summary>
/// The business units that somebody may see and act in, and within them the legal entities, if they are limited to some. <c>unassigned</c> is a unit like any other; what
/// names no legal entity is seen only by those who are not limited to some.
/// </summary>
public sealed class Scope
{
    /// <summary>The unit of what nobody owns (wire contract §3.1, businessUnit).</summary>
    public const string Unassigned = "unassigned";

    public static readonly Scope All = new(true, [], []);

    private readonly FrozenSet<string> _units;
    private readonly FrozenSet<string> _entities;

    private Scope(bool all, IEnumerable<string> units, IEnumerable<string> entities)
    {
        AllUnits = all;
        _units = units.ToFrozenSet(StringComparer.Ordinal);
        _entities = entities.ToFrozenSet(StringComparer.Ordinal);
        Units = [.. _units.Order(StringComparer.Ordinal)];
        Entities = [.. _entities.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every row there is: all units, and not limited to legal entities.</summary>
    public bool Everything => AllUnits && !ByEntity;

    /// <summary>Limited to no unit. Whether it is to legal entities, <see cref="ByEntity"/> says.</summary>
    public bool AllUnits { get; }

    /// <summary>In order; empty when <see cref="AllUnits"/>. Queries filter by it: <c>scope.AllUnits || scope.Units.Contains(row.Unit)</c>.</summary>
    public string[] Units { get; }

    /// <summary>Limited to <see cref="Entities"/>. Queries need not ask: the database context does (<see cref="Storage.Rows.EntityLimits"/>).</summary>
    public bool ByEntity => Entities.Length > 0;

    /// <summary>In order; none: every legal entity, and what names none.</summary>
    public string[] Entities { get; }

    /// <summary>The same for scopes that cover the same.</summary>
    public string Key => $"{(AllUnits ? "*" : string.Join('\n', Units))}{(ByEntity ? $"\0{string.Join('\n', Entities)}" : "")}";

    /// <summary>For people: <c>EMEA, of DE01 and DE02</c>.</summary>
    public string Words => Say(AllUnits, Units, Entities);

    public static Scope Of(params IEnumerable<string> units) => new(false, units, []);

    /// <summary>The same units, of them only what belongs to these legal entities; none: all.</summary>
    public Scope Only(params IEnumerable<string> entities) => new(AllUnits, Units, entities);

    public bool Covers(string unit) => AllUnits || _units.Contains(unit);

    /// <summary>The same of a row that names its legal entity, or none.</summary>
    public bool Covers(string unit, string? entity) => Covers(unit) && (!ByEntity || (entity is not null && _entities.Contains(entity)));

    internal static string Say(bool allUnits, IReadOnlyCollection<string> units, IReadOnlyCollection<string> entities)
    {
        var where = allUnits ? "all units" : units.Count == 0 ? "no unit" : string.Join(", ", units);
        string[] named = [.. entities];
        return named switch
        {
            [] => where,
            [var one] => $"{where}, of {one}",
            [.. var first, var last] => $"{where}, of {string.Join(", ", first)} and {last}",
        };
    }
}
