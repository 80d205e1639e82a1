using OpsConsole.Bench;

// Each measurement prints one Markdown table. The test database is the one that the tests use: OPSCONSOLE_TEST_POSTGRES.
return args switch
{
    ["log", ..] => await LogBench.Run(),
    ["news", .. var rest] => await NewsBench.Run(rest is [var rounds, ..] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 10),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: OpsConsole.Bench log             the published log: acknowledged, folded, memory
               OpsConsole.Bench news [rounds]   from the company's failure to the browser's worklist
        """);
    return 2;
}
