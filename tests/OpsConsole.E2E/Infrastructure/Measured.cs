// A stage is a console, a database and often a company and browsers: more than two at once would only make each other slow.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace OpsConsole.E2E;

/// <summary>The tests that compare what is taken in, how long it takes or how much memory it needs: they run alone, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measured
{
    public const string Name = "Measured";
}
