using System.Collections.Frozen;

namespace OpsConsole.Basics;

/// <summary>The business units that somebody may see and act in. <c>unassigned</c> is a unit like any other.</summary>
public sealed class Scope
{
    /// <summary>The unit of what nobody owns (wire contract §3.1, businessUnit).</summary>
    public const string Unassigned = "unassigned";

    public static readonly Scope All = new(true, []);

    private readonly FrozenSet<string> _units;

    private Scope(bool all, IEnumerable<string> units)
    {
        Everything = all;
        _units = units.ToFrozenSet(StringComparer.Ordinal);
        Units = [.. _units.Order(StringComparer.Ordinal)];
    }

    public bool Everything { get; }

    /// <summary>In order; empty when <see cref="Everything"/>. Queries filter by it: <c>scope.Everything || scope.Units.Contains(row.Unit)</c>.</summary>
    public string[] Units { get; }

    /// <summary>The same for scopes that cover the same.</summary>
    public string Key => Everything ? "*" : string.Join('\n', Units);

    public static Scope Of(params IEnumerable<string> units) => new(false, units);

    public bool Covers(string unit) => Everything || _units.Contains(unit);
}
