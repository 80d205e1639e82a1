using Microsoft.AspNetCore.Components;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Traces;

/// <summary>A trace beside a healthy run of the same kind, step by step, attribute by attribute and payload by payload.</summary>
public sealed partial class TwinPage
{
    private TraceComparison? _found;

    [Parameter]
    public string TraceId { get; set; } = "";

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new CompareTraces(TraceId, Address.Of(Navigator.Uri).Text("with"), Actor), Leaving);
        _found = answer.Value;
        return answer.Refusal;
    }

    private static string Sentence(TraceComparison found, TraceSide healthy)
    {
        var failed = found.Steps.Where(step => step.Mark is StepMark.Fails).MaxBy(step => step.Depth);
        var later = found.Here.DurationMs - healthy.DurationMs;
        var time = Math.Abs(later) < healthy.DurationMs * 0.1 ? "as long as" : $"{TraceWords.Took(Math.Abs(later))} {(later > 0 ? "longer" : "shorter")} than";
        return failed is null ? $"This run took {time} a healthy one, and no step failed only here." : $"{failed.Service} {failed.Name} failed here; in a healthy run it does not.";
    }

    private static string? Family(StepMark mark) => mark switch
    {
        StepMark.Same => "mute",
        StepMark.Fails => "fails",
        _ => "differs",
    };

    private static string Told(StepComparison step) => step.Mark switch
    {
        StepMark.Same => "as it should be",
        StepMark.Fails => "fails only here",
        StepMark.OnlyHere => "only here",
        StepMark.OnlyHealthy => "missing here",
        StepMark.Slower => $"{Chart.At(step.Here!.Ms / Math.Max(step.Healthy!.Ms, 0.001))} times as long",
        _ => "much faster",
    };

    private static string Side(StepSide? side) => side is null ? "none" : $"{TraceWords.Took(side.Ms)}{(side.Count > 1 ? $", {Say.Count(side.Count)} times" : "")}";

    private static bool Marked(AttributeComparison one) => one.Mark is not (AttributeMark.Same or AttributeMark.Own);
}
