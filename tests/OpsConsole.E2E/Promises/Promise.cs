using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>
/// One promise of the console, held against the real thing with the faults it is about. In short by itself; with the full numbers when
/// <c>OPSCONSOLE_PROMISES</c> is <c>long</c>, as <c>deploy/dev/promises</c> sets it. Leaves a line with its counts either way.
/// </summary>
public abstract class Promise
{
    private const string Variable = "OPSCONSOLE_PROMISES";

    protected static bool IsLong => Environment.GetEnvironmentVariable(Variable) == "long";

    /// <summary><c>R1</c>: how its class begins.</summary>
    private string Number => GetType().Name.Split('_')[0];

    protected static T Of<T>(T brief, T full) => IsLong ? full : brief;

    /// <param name="test">Gives the counts in words; throws when the promise is broken.</param>
    protected async Task Keep(Func<Task<string>> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        try
        {
            var counts = await test();
            await Note(counts, "held");
        }
        catch (Exception failure)
        {
            await Note(failure.Message.ReplaceLineEndings(" ") is { Length: > 300 } much ? much[..300] : failure.Message.ReplaceLineEndings(" "), "**broken**");
            throw;
        }
    }

    private Task Note(string counts, string verdict) =>
        File.WriteAllTextAsync(Path.Combine(Checkout.Artifacts("promises"), $"{Number}.md"), $"| {Number} | {counts} | {verdict} |\n");
}
