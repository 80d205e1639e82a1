using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Queries;
using OpsConsole.Search;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Search;

/// <summary>Every field of the search can be said in T-SQL, for each kind that knows it.</summary>
public class SearchInTsqlTests
{
    [Fact]
    public async Task Every_field_of_every_kind_is_translated()
    {
        await using var db = new SqlServerTape().Open();
        var asked = SearchVocabulary.All.Fields.Select(field => field.Example)
            .Concat(["attr.tax_code:missing", "attr.tax_code:*", "attr.lines:3", "attr.a:b*", "INV-1", "4bf92f3577b34da6a3ce929d0e0e4736", "status:error", "status:ok", "status:late", "time:2026-03-31", "duration:1s..2s", "NOT (unit:A OR unit:B)"]);
        var known = new Dictionary<string, int>(StringComparer.Ordinal) { ["spans"] = 0, ["events"] = 0, ["transactions"] = 0, ["exceptions"] = 0 };
        foreach (var query in asked)
        {
            var node = QueryParser.Read(query, SearchVocabulary.All, SyncSample.Noon).Node!;
            var lens = await SearchLens.Read(db, new OpsConsole.Contracts.ContractShelf(), node, Staff.Ines, SyncSample.Noon, default);
            var tree = new CaseTree();
            Note("spans", new SpanTerms(lens), KindChoice.Of(node, SearchKind.Span), terms => db.Spans.Where(terms));
            Note("events", new EventTerms(lens), KindChoice.Of(node, SearchKind.Event), terms => db.Events.Where(terms));
            Note("transactions", new TransactionTerms(lens), KindChoice.Of(node, SearchKind.Transaction), terms => db.Transactions.Where(terms));
            if (KindChoice.Of(node, SearchKind.Exception).Node is { } left && tree.Of(left) is var read && tree.Unknown.Count == 0)
            {
                known["exceptions"]++;
                Assert.Contains("SELECT", db.Cases.Searched(read, new CaseLens(db, "ines", [], SyncSample.Noon)).ToQueryString(), StringComparison.Ordinal);
            }
        }

        Assert.All(known, kind => Assert.True(kind.Value > 10, kind.Key));

        void Note<T>(string kind, KindTerms<T> terms, KindChoice choice, Func<System.Linq.Expressions.Expression<Func<T, bool>>, IQueryable<T>> where)
            where T : class
        {
            if (choice.Node is { } node && terms.Of(node) is var condition && terms.Unknown.Count == 0)
            {
                known[kind]++;
                Assert.Contains("SELECT", where(condition).ToQueryString(), StringComparison.Ordinal);
            }
        }
    }
}
