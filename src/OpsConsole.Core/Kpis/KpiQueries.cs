using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>A window as queries and lists are asked by it.</summary>
public static class KpiQueries
{
    /// <summary>All exceptions that the reader sees and the board's filter lets through, ended ones too.</summary>
    internal static IQueryable<ExceptionCase> CasesIn(this OpsDb db, KpiWindow window)
    {
        var cases = db.Cases.AsNoTracking().Seen(window.Scope);
        cases = window.Unit is { } unit ? cases.Where(c => c.Unit == unit) : cases;
        cases = window.LegalEntity is { } entity ? cases.Where(c => c.LegalEntity == entity) : cases;
        cases = window.Region is { } region ? cases.Where(c => c.Region == region) : cases;
        cases = window.Currency is { } currency ? cases.Where(c => c.Currency == currency) : cases;
        return window.FlowAsked ? cases.InFlow(db, window.Flow) : cases;
    }

    /// <summary>What of the flow has not come, and what is about one of its objects: those that belong to its transactions, and those that are linked to what leads one, as its customer is.</summary>
    // Three kinds that exclude each other, because a database joins with either of two lists at once and goes through "one or the other" object by object.
    internal static IQueryable<ExceptionCase> InFlow(this IQueryable<ExceptionCase> cases, OpsDb db, string flow)
    {
        var failures = cases.Where(c => c.Kind != SignalKind.Missing);
        return cases.Where(c => c.Kind == SignalKind.Missing && c.System == flow)
            .Concat(failures.Where(c => db.TransactionObjects.Any(part => part.ObjectKey == c.ObjectKey && db.Transactions.Any(t => t.Key == part.TransactionKey && t.Flow == flow))))
            .Concat(failures.Where(c => !db.TransactionObjects.Any(part => part.ObjectKey == c.ObjectKey && db.Transactions.Any(t => t.Key == part.TransactionKey && t.Flow == flow))
                && db.ObjectLinks.Any(link => link.FromKey == c.ObjectKey && db.Transactions.Any(t => t.LeadKey == link.ToKey && t.Flow == flow))));
    }

    /// <summary>The objects of the flow, as <see cref="InFlow(IQueryable{ExceptionCase}, OpsDb, string)"/> means them.</summary>
    internal static IQueryable<BusinessObject> InFlow(this IQueryable<BusinessObject> objects, OpsDb db, string flow) => objects.Where(o =>
        db.TransactionObjects.Any(part => part.ObjectKey == o.Key && db.Transactions.Any(t => t.Key == part.TransactionKey && t.Flow == flow))
        || db.ObjectLinks.Any(link => link.FromKey == o.Key && db.Transactions.Any(t => t.LeadKey == link.ToKey && t.Flow == flow)));

    /// <summary>The failures of its objects.</summary>
    internal static IQueryable<ExceptionSignal> InFlow(this IQueryable<ExceptionSignal> signals, OpsDb db, string flow) => signals.Where(s =>
        db.TransactionObjects.Any(part => part.ObjectKey == s.ObjectKey && db.Transactions.Any(t => t.Key == part.TransactionKey && t.Flow == flow))
        || db.ObjectLinks.Any(link => link.FromKey == s.ObjectKey && db.Transactions.Any(t => t.LeadKey == link.ToKey && t.Flow == flow)));

    /// <summary>Those of them that have not ended: what the worklist shows.</summary>
    internal static IQueryable<ExceptionCase> OpenIn(this OpsDb db, KpiWindow window) => db.CasesIn(window).Where(c => c.EndedAt == null);

    /// <summary>Those that were resolved in the period, and how long each took.</summary>
    internal static IQueryable<KpiRow> ResolvedIn(this OpsDb db, KpiWindow window) =>
        from c in db.CasesIn(window)
        where c.State == CaseState.Resolved && c.EndedAt >= window.From && c.EndedAt < window.To
        select new KpiRow
        {
            Subject = c.Id, Once = c.ObjectKey, Unit = c.Unit, LegalEntity = c.LegalEntity, Region = c.Region, Group = c.Fingerprint, At = c.EndedAt!.Value, Began = c.OpenedAt, Amount = c.Amount, Currency = c.Currency, Reporting = c.ReportingAmount,
        };

    internal static IQueryable<Transaction> TransactionsIn(this OpsDb db, KpiWindow window) =>
        db.Transactions.AsNoTracking().Seen(window.Scope).Matching(db, window.Transactions(), window.Now);

    /// <summary>Business objects, whenever they were first heard of.</summary>
    internal static IQueryable<BusinessObject> ObjectsIn(this OpsDb db, KpiWindow window, string? type = null)
    {
        var objects = db.Objects.AsNoTracking().Seen(window.Scope).Matching(db, window.Objects() with { Type = type });
        return window.FlowAsked ? objects.InFlow(db, window.Flow) : objects;
    }

    /// <summary>The period's transactions of the flow.</summary>
    public static TransactionFilter Transactions(this KpiWindow window) => window.AllTransactions() with { Since = window.From, Until = window.To };

    /// <summary>The flow's transactions, whenever they began.</summary>
    public static TransactionFilter AllTransactions(this KpiWindow window) => new()
    {
        Flow = window.Flow, Unit = window.Unit, LegalEntity = window.LegalEntity, Region = window.Region, Currency = window.Currency,
    };

    public static ObjectFilter Objects(this KpiWindow window) => new(Unit: window.Unit, LegalEntity: window.LegalEntity, Region: window.Region, Currency: window.Currency);

    /// <summary>What has not ended, as the worklist is asked for it; nothing where its words cannot say it.</summary>
    public static CaseFilter? Open(this KpiWindow window) => window.FlowAsked ? null : new CaseFilter { States = [.. CaseFlow.Unended], Unit = window.Unit, Query = window.Said() };

    /// <summary>The board's filter in the words of a search, without the unit; nothing when there is no more.</summary>
    public static string? Said(this KpiWindow window)
    {
        var words = new (string Field, string? Value)[] { ("entity", window.LegalEntity), ("region", window.Region), ("currency", window.Currency) };
        return string.Join(' ', words.Where(word => word.Value is not null).Select(word => $"{word.Field}:\"{word.Value!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) is { Length: > 0 } said ? said : null;
    }

    /// <summary>The rows' amounts in the reporting currency at the rates of a moment, and how many could not be converted.</summary>
    internal static (decimal Sum, int Unconverted) Sum(this RateTable rates, IEnumerable<KpiRow> rows, DateTimeOffset at)
    {
        var (sum, unconverted) = (0m, 0);
        foreach (var row in rows.Where(row => row.Amount is not null))
        {
            if (rates.Convert(row.Amount, row.Currency, at).Amount is { } converted)
            {
                sum += converted;
            }
            else
            {
                unconverted += row.Count;
            }
        }

        return (sum, unconverted);
    }
}
