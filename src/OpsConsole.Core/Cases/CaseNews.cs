using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>The news of exceptions that moved together: one each while they are few, else one for each unit and queue.</summary>
internal static class CaseNews
{
    private const int Few = 50;

    public static IReadOnlyList<Change> Of(IReadOnlyCollection<ExceptionCase> cases, DateTimeOffset at) =>
        cases.Count <= Few
            ? [.. cases.Select(c => c.ToChange(at))]
            : [.. cases.Select(c => (c.Unit, c.Queue)).Distinct().Select(place => new Change { Topic = LiveTopic.Cases, Unit = place.Unit, Queue = place.Queue, At = at })];
}
