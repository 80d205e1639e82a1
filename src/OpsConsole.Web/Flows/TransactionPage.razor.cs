using Microsoft.AspNetCore.Components;
using OpsConsole.Flows;
using OpsConsole.Live;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>One run of a flow: what has come, what is missing, what each system says, and what hangs together with it.</summary>
public sealed partial class TransactionPage
{
    private TransactionDetails? _found;

    [Parameter]
    public string Flow { get; set; } = "";

    [Parameter]
    public string Id { get; set; } = "";

    protected override bool Follows => true;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Facts, LiveTopic.Cases, LiveTopic.Traces];

    private string Asked => _found?.Lead.Id ?? ObjectUri.Id(Id);

    private MilestoneLine? Missing => _found?.Milestones.FirstOrDefault(milestone => milestone.Status is MilestoneStatus.Missing);

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new ShowTransaction(Flow, ObjectUri.Id(Id), Actor), Leaving);
        _found = answer.Value;
        return answer.Refusal;
    }

    private string Label(string milestone) => _found!.Milestones.FirstOrDefault(one => one.Name == milestone)?.Label ?? milestone;

    private string Said(SharedObject shared)
    {
        var leads = Say.Count(shared.Others, $"other {Words.Of(_found!.Lead.Type)}", $"other {Words.Of(_found.Lead.Type)}s");
        return shared switch
        {
            { Joined: true } => $"also part of {leads}",
            { Others: 0 } => $"{Words.Of(shared.Type)}{(shared.Label is null ? "" : $", {shared.Label}")}",
            _ => $"{Words.Of(shared.Type)} of {leads}",
        };
    }
}
