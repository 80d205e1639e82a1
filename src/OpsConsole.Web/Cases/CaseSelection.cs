using OpsConsole.Cases;

namespace OpsConsole.Web.Cases;

/// <summary>
/// The rows that somebody ticked, frozen as they were then: what is done to them is done to what was seen, and the server refuses what has
/// changed since.
/// </summary>
public sealed class CaseSelection
{
    private readonly Dictionary<Guid, CaseRow> _rows = [];

    /// <summary>When the first row was ticked.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    public int Count => _rows.Count;

    public IReadOnlyCollection<CaseRow> Rows => _rows.Values;

    public bool Has(Guid id) => _rows.ContainsKey(id);

    public void Toggle(CaseRow row, DateTimeOffset now)
    {
        if (!_rows.Remove(row.Id))
        {
            _rows[row.Id] = row;
        }

        FrozenAt = _rows.Count == 0 ? null : FrozenAt ?? now;
    }

    /// <summary>Ticks all of a page, or none of it when all were ticked.</summary>
    public void TogglePage(IReadOnlyCollection<CaseRow> page, DateTimeOffset now)
    {
        var wasAll = page.All(row => Has(row.Id));
        foreach (var row in page)
        {
            if (wasAll)
            {
                _rows.Remove(row.Id);
            }
            else
            {
                _rows.TryAdd(row.Id, row);
            }
        }

        FrozenAt = _rows.Count == 0 ? null : FrozenAt ?? now;
    }

    /// <summary>Ticks all of these as they are; those that were ticked before stay as they were seen then.</summary>
    public void Add(IEnumerable<CaseRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            _rows.TryAdd(row.Id, row);
        }

        FrozenAt = _rows.Count == 0 ? null : FrozenAt ?? now;
    }

    public void Drop(Guid id)
    {
        _rows.Remove(id);
        FrozenAt = _rows.Count == 0 ? null : FrozenAt;
    }

    public void Clear()
    {
        _rows.Clear();
        FrozenAt = null;
    }

    /// <summary>How many of the rows on screen are ticked, and how many of those have changed since.</summary>
    public (int Here, int Changed) On(IEnumerable<CaseRow> page)
    {
        var here = page.Where(row => Has(row.Id)).ToList();
        return (here.Count, here.Count(row => _rows[row.Id].Version != row.Version));
    }

    /// <summary>The sum in their own currency when they share one.</summary>
    public Money? Own => _rows.Values.Where(row => row.Amount is not null).Select(row => row.Currency).Distinct().ToList() is [{ } currency]
        ? new Money(_rows.Values.Sum(row => row.Amount ?? 0), currency)
        : null;

    public Money Reporting(string currency) => new(_rows.Values.Sum(row => row.Reporting ?? 0), currency);
}
