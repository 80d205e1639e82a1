using Microsoft.AspNetCore.Components;
using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>The rows behind a number of the board, exactly those, and how the number went.</summary>
public sealed partial class KpiRowsPage
{
    private readonly Cursors _cursors = new();
    private Kpi? _kpi;
    private BoardFilter _filter = new();
    private KpiDetails? _details;
    private KpiRowPage? _page;
    private string _listed = "";

    [Parameter]
    public string Code { get; set; } = "";

    protected override IReadOnlyList<string> Topics => [LiveTopic.Facts, LiveTopic.Cases, LiveTopic.Settings];

    protected override async Task<Refusal?> Read()
    {
        _filter = BoardUri.Of(Address.Of(Navigator.Uri));
        _kpi = KpiCatalog.Find(Code);
        if (_kpi is null)
        {
            return null;
        }

        if (_listed != Navigator.Uri)
        {
            _cursors.Reset();
            (_listed, _page, _details) = (Navigator.Uri, null, null);
        }

        var details = await Sender.Send(new ShowKpi(Code, _filter, Actor), Leaving);
        var page = details.Value is { } shown ? await Sender.Send(new ListKpiRows(Code, _filter, Actor, _cursors.After, At: shown.Window.Now), Leaving) : null;
        (_details, _page) = (details.Value ?? _details, page?.Value ?? _page);
        return details.Refusal ?? page?.Refusal;
    }

    private List<FilterChip> Chips() =>
    [
        .. from chip in new[] { ("unit", "Unit", _filter.Unit), ("legal-entity", "Legal entity", _filter.LegalEntity), ("region", "Region", _filter.Region), ("flow", "Flow", _filter.Flow), ("currency", "Currency", _filter.Currency) }
           where chip.Item3 is not null
           select new FilterChip(chip.Item1, chip.Item2, chip.Item3),
    ];

    private BoardFilter Without(string key) => key switch
    {
        "unit" => _filter with { Unit = null },
        "legal-entity" => _filter with { LegalEntity = null },
        "region" => _filter with { Region = null },
        "flow" => _filter with { Flow = null },
        "currency" => _filter with { Currency = null },
        _ => _filter,
    };
}
