using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>The executive's page: does it flow, what is late, what is at risk. It measures again by itself while it is open.</summary>
public sealed partial class BoardPage
{
    private Board? _board;
    private BoardFilter _filter = new();

    protected override bool Follows => true;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Facts, LiveTopic.Cases, LiveTopic.Settings];

    protected override TimeSpan Calm => TimeSpan.FromSeconds(15);

    protected override async Task<Refusal?> Read()
    {
        _filter = BoardUri.Of(Address.Of(Navigator.Uri));
        var answer = await Sender.Send(new MeasureBoard(_filter, Actor), Leaving);
        _board = answer.Value ?? _board;
        return answer.Refusal;
    }

    private void Narrow(BoardFilter filter) => Go(BoardUri.To(filter));

    private static IEnumerable<(string, string)> Comparisons => BoardComparison.All.Skip(1).Select(one => (one.Code, one.Label));

    private IEnumerable<(string, string)> Periods()
    {
        var now = Reader.Now;
        (string Code, string)[] offered =
        [
            .. BoardPeriod.Rolling,
            .. Enumerable.Range(0, 6).Select(back => now.AddMonths(-back).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).Select(month => (month, BoardPeriod.Say(month))),
        ];

        // One that only the address names is shown as well.
        return _filter.Period is not { Length: > 0 } asked || offered.Any(one => one.Code == asked) ? offered : [.. offered, (asked, BoardPeriod.Say(asked))];
    }
}
