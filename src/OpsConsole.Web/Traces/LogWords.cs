using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>How bad a log record is, as people read it.</summary>
internal static class LogWords
{
    public static Status Of(LogLine log) => log.Severity switch
    {
        "fatal" => new Status("over", "Fatal", "bad"),
        "error" => new Status("failx", "Error", "bad"),
        "warning" => new Status("tri", "Warning", "warn"),
        "info" => new Status("open", "Info", "still"),
        "debug" => new Status("dash", "Debug", "still"),
        "trace" => new Status("dash", "Trace", "still"),
        _ => new Status("dash", log.SeverityText ?? "No severity", "still"),
    };
}
