using Microsoft.AspNetCore.Components;
using OpsConsole.Traces;

namespace OpsConsole.Web.Traces;

public sealed partial class Waterfall
{
    /// <summary>How much each span logged.</summary>
    [CascadingParameter]
    public TraceLogCounts? Logs { get; set; }
}
