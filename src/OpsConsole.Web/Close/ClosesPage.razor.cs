using OpsConsole.Close;
using OpsConsole.Live;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Close;

/// <summary>Which units and legal entities can close a period, and what is in the way of the others.</summary>
public sealed partial class ClosesPage
{
    private CloseList? _list;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Cases, LiveTopic.Settings];

    private IEnumerable<CloseLine> Units => _list?.Items.Where(line => line.LegalEntity is null) ?? [];

    protected override async Task<Refusal?> Read()
    {
        var answer = await Sender.Send(new ListCloses(Address.Of(Navigator.Uri).Text("period"), Actor), Leaving);
        _list = answer.Value ?? _list;
        return answer.Refusal;
    }
}
