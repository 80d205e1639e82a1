using Microsoft.AspNetCore.Components;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>How much a span logged, on its row. A fragment and no component: a trace has as many rows as spans.</summary>
internal static class LogMark
{
    /// <summary>Nothing where the span logged nothing.</summary>
    public static RenderFragment? Of(TraceLogCounts? logs, string spanId) => logs?.Of(spanId) is { } count and > 0
        ? builder =>
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "xs mute logcount");
            builder.AddAttribute(2, "title", Say.Count(count, "log record"));
            builder.OpenComponent<Icon>(3);
            builder.AddComponentParameter(4, nameof(Icon.Name), "list");
            builder.AddComponentParameter(5, nameof(Icon.Small), true);
            builder.CloseComponent();
            builder.AddContent(6, Say.Count(count));
            builder.CloseElement();
        }
        : null;
}
