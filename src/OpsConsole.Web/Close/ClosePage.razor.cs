using Microsoft.AspNetCore.Components;
using OpsConsole.Close;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Close;

/// <summary>Whether one unit's books, or one legal entity's, can be closed: what is in the way, how long there is, and who signed it off.</summary>
public sealed partial class ClosePage
{
    private CloseView? _close;
    private string? _entity;

    [Parameter]
    public string Unit { get; set; } = "";

    [Inject]
    public required PastView Past { get; set; }

    protected override IReadOnlyList<string> Topics => [LiveTopic.Cases, LiveTopic.Settings];

    protected override async Task<Refusal?> Read()
    {
        var address = Address.Of(Navigator.Uri);
        _entity = address.Text("legal-entity");
        var answer = await Sender.Send(new ShowClose(address.Text("period"), Unit, _entity, Actor), Leaving);
        _close = answer.Value ?? _close;
        return answer.Refusal;
    }
}
