using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>How a trace is put into words.</summary>
internal static class TraceWords
{
    public static string Took(double ms) => Say.Took(TimeSpan.FromMilliseconds(ms));

    /// <summary>What a hatched row is called.</summary>
    public static string Waited(TraceGap gap) => gap switch
    {
        { Name: TraceGap.NothingRecorded } or { Kind: GapKind.Backoff } => gap.Name,
        { Kind: GapKind.Business } => $"Waited for the business{gap.Name["Business".Length..]}",
        { Kind: GapKind.Queue } => $"Waited in {char.ToLowerInvariant(gap.Name[0])}{gap.Name[1..]}",
        _ => $"Waited {char.ToLowerInvariant(gap.Name[0])}{gap.Name[1..]}",
    };

    /// <summary>Business or technical, and which.</summary>
    public static string Kind(GapKind kind) => kind switch
    {
        GapKind.Business => "business wait",
        GapKind.Queue => "queue wait",
        GapKind.Backoff => "retry back-off",
        _ => "unknown",
    };

    /// <summary>The page's headline: what it was about, where it waited, how it ended.</summary>
    public static string Sentence(TraceDetails trace)
    {
        var about = trace.Objects.FirstOrDefault(one => trace.Exceptions.Any(open => open.About.Type == one.Type && open.About.Id == one.Id))
            ?? trace.Objects.Where(one => one.Failed).LastOrDefault(one => one.Type != "customer")
            ?? trace.Objects.FirstOrDefault(one => one.Failed)
            ?? trace.Objects.FirstOrDefault(one => one.Type != "customer")
            ?? (trace.Objects.Count > 0 ? trace.Objects[0] : null);
        var name = about is null ? $"{trace.Service} {trace.Name}" : $"{Words.Sentence(about.Type)} {about.Id}";
        var wait = trace.Times.FirstOrDefault(share => share.Wait && share.Ms >= trace.DurationMs * 0.15);
        var waited = wait is null ? "" : $" waited {Took(wait.Ms)}{(wait.Name.StartsWith("Queue ", StringComparison.Ordinal) ? " in a queue" : "")}";
        var failed = trace.Spans.Where(span => span.Failed).MaxBy(span => span.Depth);
        return failed switch
        {
            not null => $"{name}{(waited.Length > 0 ? $"{waited}, then" : "")} failed in {Words.System(failed.Service)}{(failed.ErrorCode is { } code ? $" with {code}" : "")}.",
            _ when waited.Length > 0 => $"{name}{waited}, then went through in {Took(trace.DurationMs)}.",
            _ => $"{name} went through {Say.Count(trace.Services, "service")} in {Took(trace.DurationMs)}.",
        };
    }
}
