using System.Globalization;
using OpsConsole.Bench;
using OpsConsole.Bench.Fill;
using OpsConsole.Bench.Queries;
using OpsConsole.Bench.Ratios;

// Each measurement prints one Markdown table. The test database is the one that the tests use: OPSCONSOLE_TEST_POSTGRES.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["ratios", .. var rest] when Ratios(rest) is var (only, quick) => await RatiosBench.Run(only, quick),
    ["fill", var database, .. var rest] when rest is [] or ["--quick"] => await FillBench.Run(database, rest is ["--quick"]),
    ["queries", var database, "--quick", .. var rest] => await QueriesBench.Run(database, true, string.Join(' ', rest)),
    ["queries", var database, .. var rest] => await QueriesBench.Run(database, false, string.Join(' ', rest)),
    ["log", ..] => await LogBench.Run(),
    ["bulk", .. var rest] => await BulkBench.Run(rest is [var items, ..] ? int.Parse(items, CultureInfo.InvariantCulture) : 10_000),
    ["news", .. var rest] => await NewsBench.Run(rest is [var rounds, ..] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 10),
    ["fanout", .. var rest] => await FanoutBench.Run(rest is [var pages, ..] ? int.Parse(pages, CultureInfo.InvariantCulture) : 200),
    ["audit", .. var rest] => await AuditBench.Run(rest is [var entries, ..] ? int.Parse(entries, CultureInfo.InvariantCulture) : 1_000_000),
    _ => Usage(),
};

static (IReadOnlyCollection<string> Only, bool Quick)? Ratios(string[] rest) => rest switch
{
    [] => ([], false),
    ["--quick", .. var more] when Ratios(more) is var (only, _) => (only, true),
    ["--only", var parts, .. var more] when Ratios(more) is var (_, quick) && parts.Split(',').All(RatiosBench.Parts.Contains) => (parts.Split(','), quick),
    _ => null,
};

static int Usage()
{
    Console.Error.WriteLine($"""
        usage: OpsConsole.Bench ratios [--quick] [--only PART,…]
                                                 everything that is promised about speed, beside its limit and its peers;
                                                 ends with 1 when a figure falls short. Parts: {string.Join(", ", RatiosBench.Parts)}
               OpsConsole.Bench fill CONNECTION [--quick]
                                                 fills an empty, migrated database: 10 million spans, 1 million events, 1 million exceptions
               OpsConsole.Bench queries CONNECTION [--quick] [words of a name]
                                                 what pages ask, on a database that was filled like that
               OpsConsole.Bench log             the published log: acknowledged, folded, memory
               OpsConsole.Bench bulk [items]    a bulk of replays, 10,000 unless told otherwise, to a target that answers after 2 ms
               OpsConsole.Bench news [rounds]   from the company's failure to the browser's worklist
               OpsConsole.Bench fanout [pages]   200 worklists are open, somebody claims: when has each page drawn it
               OpsConsole.Bench audit [entries] what the audit's chain costs, and how long a verifier needs for a million entries
        It starts the console of the same build (-c Release!) on a new database of OPSCONSOLE_TEST_POSTGRES, which must run on this
        machine so that its processor time can be counted, and drops the database at the end.
        """);
    return 2;
}
