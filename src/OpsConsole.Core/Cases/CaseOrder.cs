using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OpsConsole.Cases;

/// <summary>An order of the worklist with its keyset: where a page ends is the last row's sort value and number, told as one opaque word.</summary>
internal abstract class CaseOrder
{
    private static readonly Dictionary<CaseSort, CaseOrder> s_orders = new()
    {
        [CaseSort.Rank] = new ByRank(),
        [CaseSort.Due] = new ByDue(),
        [CaseSort.Risk] = new ByRisk(),
        [CaseSort.Age] = new ByAge(),
        [CaseSort.Newest] = new ByNewest(),
    };

    public static CaseOrder Of(CaseSort sort) => s_orders[sort];

    public abstract IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases);

    /// <summary>What comes after the mark in this order.</summary>
    public abstract IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after);

    protected abstract decimal ValueOf(ExceptionCase row);

    public string Write(ExceptionCase last) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}|{ValueOf(last)}|{last.Number}")));

    /// <returns>False when the word is not one that this order wrote.</returns>
    public bool TryRead(string? word, out Mark? mark)
    {
        mark = null;
        if (string.IsNullOrEmpty(word))
        {
            return true;
        }

        if (!Base64Url.IsValid(word))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(word)).Split('|');
        if (parts.Length == 3 && parts[0] == GetType().Name
            && decimal.TryParse(parts[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            mark = new Mark(value, number);
            return true;
        }

        return false;
    }

    internal sealed record Mark(decimal Value, long Number)
    {
        public DateTimeOffset Moment => new((long)decimal.Max(Value, 0), TimeSpan.Zero);
    }

    private sealed class ByRank : CaseOrder
    {
        public override IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases) => cases.OrderByDescending(c => c.RankOrder).ThenByDescending(c => c.Number);

        public override IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after)
        {
            var (rank, number) = ((long)after.Value, after.Number);
            return cases.Where(c => c.RankOrder <= rank && (c.RankOrder < rank || c.Number < number));
        }

        protected override decimal ValueOf(ExceptionCase row) => row.RankOrder;
    }

    private sealed class ByDue : CaseOrder
    {
        public override IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases) => cases.OrderBy(c => c.DueOrder).ThenBy(c => c.Number);

        public override IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after)
        {
            var (due, number) = (after.Moment, after.Number);
            return cases.Where(c => c.DueOrder >= due && (c.DueOrder > due || c.Number > number));
        }

        protected override decimal ValueOf(ExceptionCase row) => row.DueOrder.UtcTicks;
    }

    private sealed class ByRisk : CaseOrder
    {
        public override IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases) => cases.OrderByDescending(c => c.ReportingAmount ?? -1m).ThenBy(c => c.Number);

        public override IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after)
        {
            var (risk, number) = (after.Value, after.Number);
            return cases.Where(c => (c.ReportingAmount ?? -1m) < risk || ((c.ReportingAmount ?? -1m) == risk && c.Number > number));
        }

        protected override decimal ValueOf(ExceptionCase row) => row.ReportingAmount ?? -1m;
    }

    private sealed class ByAge : CaseOrder
    {
        public override IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases) => cases.OrderBy(c => c.OpenedAt).ThenBy(c => c.Number);

        public override IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after)
        {
            var (opened, number) = (after.Moment, after.Number);
            return cases.Where(c => c.OpenedAt > opened || (c.OpenedAt == opened && c.Number > number));
        }

        protected override decimal ValueOf(ExceptionCase row) => row.OpenedAt.UtcTicks;
    }

    private sealed class ByNewest : CaseOrder
    {
        public override IQueryable<ExceptionCase> Sort(IQueryable<ExceptionCase> cases) => cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Number);

        public override IQueryable<ExceptionCase> Beyond(IQueryable<ExceptionCase> cases, Mark after)
        {
            var (opened, number) = (after.Moment, after.Number);
            return cases.Where(c => c.OpenedAt < opened || (c.OpenedAt == opened && c.Number < number));
        }

        protected override decimal ValueOf(ExceptionCase row) => row.OpenedAt.UtcTicks;
    }
}
