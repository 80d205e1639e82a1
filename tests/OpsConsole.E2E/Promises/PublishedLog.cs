using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>
/// The order-management log that the authors of the OCEL standard published, as events, and what a correct console must say of it,
/// worked out from the log by another road. It is not part of this repository: OPSCONSOLE_SHARED_DATA names its folder, or it lies in
/// a folder "shared" beside the checkout.
/// </summary>
internal sealed class PublishedLog
{
    private static readonly string[] s_places = [.. Places().OfType<string>()];

    private PublishedLog(IReadOnlyList<string> events, string flow, JsonObject facts)
    {
        Events = events;
        Flow = flow;
        Facts = facts;
    }

    /// <summary>Each event as the JSON text that goes over the wire, in the log's order.</summary>
    public IReadOnlyList<string> Events { get; }

    public string Flow { get; }

    public JsonObject Facts { get; }

    /// <summary>Null when it is here; else why it is not.</summary>
    public static string? Missing =>
        Find("tools/orders_log.py") is null ? "the published log is not here (OPSCONSOLE_SHARED_DATA)"
        : !HasPython() ? "the published log's script needs python3"
        : null;

    /// <summary>The file's full path in the first place that has it.</summary>
    public static string? Find(string file) => s_places.Select(place => Path.Combine(place, file)).FirstOrDefault(File.Exists);

    public static async Task<PublishedLog> Read() => new(
        [.. (await Script("events")).Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        await Script("flow"),
        JsonNode.Parse(await File.ReadAllTextAsync(Find("data/orders_log.facts.json")!))!.AsObject());

    /// <summary>What the console's statistics say otherwise than the facts, one sentence each.</summary>
    public IReadOnlyList<string> Differences(JsonObject stats) =>
    [
        .. from fact in Facts
           let said = stats[fact.Key]
           where !JsonNode.DeepEquals(fact.Value, said)
           select $"{fact.Key}: expected {fact.Value?.ToJsonString()}, the console says {said?.ToJsonString() ?? "nothing"}",
    ];

    private static IEnumerable<string?> Places()
    {
        yield return Environment.GetEnvironmentVariable("OPSCONSOLE_SHARED_DATA");
        yield return Path.Combine(Checkout.Root, "..", "shared");
    }

    private static bool HasPython()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> Script(string command)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [Find("tools/orders_log.py")!, command]) { RedirectStandardOutput = true })!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        return said;
    }
}

/// <summary>A test that needs the published log; without it the test is reported as not run, never as passed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedLogFactAttribute : FactAttribute
{
    public PublishedLogFactAttribute() => Skip = PublishedLog.Missing;
}
