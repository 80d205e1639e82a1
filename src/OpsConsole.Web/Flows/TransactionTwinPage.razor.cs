using Microsoft.AspNetCore.Components;
using OpsConsole.Flows;
using OpsConsole.Traces;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>A transaction beside a healthy run of its flow: milestones, what each system says, attributes, payloads.</summary>
public sealed partial class TransactionTwinPage
{
    private TransactionComparison? _found;

    [Parameter]
    public string Flow { get; set; } = "";

    [Parameter]
    public string Id { get; set; } = "";

    private string Asked => _found?.Here.Lead.Id ?? ObjectUri.Id(Id);

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new CompareTransactions(Flow, ObjectUri.Id(Id), Actor), Leaving);
        _found = answer.Value;
        return answer.Refusal;
    }

    private static string Sentence(TransactionComparison found)
    {
        var (missing, refused) = (found.Milestones.FirstOrDefault(one => one.Mark is StepMark.OnlyHealthy), found.Words.FirstOrDefault(one => one.Fails));
        return refused is not null ? $"{Words.System(refused.System)} {refused.Here} here; in a healthy run it said {refused.Healthy ?? "nothing"}."
            : missing is not null ? $"{missing.Label} has not come here; a healthy run had it {After(missing.HealthySeconds)} after its start."
            : "This run went as far as a healthy one.";
    }

    private static string After(double? seconds) => seconds is { } since ? Say.Age(TimeSpan.FromSeconds(since)) : "not reached";

    private static string Told(StepMark mark) => mark switch
    {
        StepMark.OnlyHealthy => "missing here",
        StepMark.OnlyHere => "only here",
        StepMark.Slower => "much later",
        StepMark.Faster => "much earlier",
        _ => "as it should be",
    };
}
