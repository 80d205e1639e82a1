using Microsoft.AspNetCore.Components;
using OpsConsole.Events;
using OpsConsole.Live;

namespace OpsConsole.Web.Events;

/// <summary>One business object: systems side by side, its timeline, and all that hangs together with it.</summary>
public sealed partial class ObjectPage
{
    private ObjectDetails? _found;

    [Parameter]
    public string Type { get; set; } = "";

    [Parameter]
    public string Id { get; set; } = "";

    protected override bool Follows => true;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Facts, LiveTopic.Cases, LiveTopic.Traces];

    private string Asked => _found?.Id ?? ObjectUri.Id(Id);

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new ShowObject(Type, ObjectUri.Id(Id), Actor), Leaving);
        _found = answer.Value;
        return answer.Refusal;
    }
}
