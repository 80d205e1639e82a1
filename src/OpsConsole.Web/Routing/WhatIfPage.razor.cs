using System.Globalization;
using OpsConsole.Live;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Routing;

/// <summary>The draft over what has happened. The address says how far back, and which number's rows are open.</summary>
public sealed partial class WhatIfPage
{
    private const int Usual = 14;
    private const int Shown = 100;
    private static readonly int[] s_days = [7, 14, 30, 90];
    private WhatIfReport? _report;
    private WhatIfList? _rows;
    private int _reportOf;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Settings];

    private Address Where => Address.Of(Navigator.Uri);

    private int Days => int.TryParse(Where.Text("days"), CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= WhatIf.Longest ? days : Usual;

    private string? Of => Where.Text("of");

    private string? More => _rows?.Next is { } next ? $"/rules/what-if?days={Days}&of={Uri.EscapeDataString(Of ?? "")}&after={next}" : null;

    protected override async Task<Refusal?> Read()
    {
        if (_report is null || _reportOf != Days)
        {
            var answer = await Sender.Send(new WhatIf(Days, Actor), Leaving);
            if (answer.Refusal is { } refusal)
            {
                return refusal;
            }

            (_report, _reportOf) = (answer.Value, Days);
        }

        if (Of is not { Length: > 0 } of)
        {
            _rows = null;
            return null;
        }

        var rows = await Sender.Send(new WhatIfRows(Days, of, Where.Text("after"), Shown, Actor), Leaving);
        _rows = rows.Value;
        return rows.Refusal;
    }

    private string Rows(WhatIfGroup group) => $"/rules/what-if?days={Days}&of={Uri.EscapeDataString(group.Of)}";

    private string Worth(WhatIfGroup group) => $"{new Money(group.AtRisk, _report!.Currency)} at risk";

    private string QueueLabel(string code) => _report?.Queues.FirstOrDefault(queue => queue.Queue == code)?.Label ?? Words.Sentence(code);

    private string Share(double load) => (100 * load / Math.Max(1, _report!.Stewards.Max(one => one.Draft))).ToString("0", CultureInfo.InvariantCulture);

    private static string Difference(int difference) => difference == 0 ? "" : difference > 0 ? $"+{Say.Count(difference)}" : $"-{Say.Count(-difference)}";
}
