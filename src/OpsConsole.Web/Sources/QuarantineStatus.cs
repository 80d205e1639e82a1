using OpsConsole.Intake;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Sources;

/// <summary>How people read the state of a refused fact.</summary>
internal static class QuarantineStatus
{
    public static Status Of(QuarantineState state) => state switch
    {
        QuarantineState.TakenIn => new Status("done", "Taken in", "good"),
        QuarantineState.Superseded => new Status("done", "Came right", "good"),
        QuarantineState.Discarded => new Status("minus", "Discarded", "still"),
        _ => Statuses.Open,
    };
}
