using Microsoft.AspNetCore.Components;
using OpsConsole.Kpis;
using OpsConsole.Reports;
using OpsConsole.Web.Kpis;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Reports;

/// <summary>Boards that are mailed by schedule. The address holds the board that a new one would mail.</summary>
public sealed partial class ReportsPage(CircuitSender sender, Reader reader, NavigationManager navigator) : ComponentBase
{
    public const string Path = "/board/reports";

    private BoardFilter _filter = new();
    private IReadOnlyList<ReportLine>? _lines;
    private Refusal? _refusal;
    private string? _name;
    private string? _to;
    private ReportPace _pace = ReportPace.Weekly;
    private int _day = 1;
    private TimeOnly _time = new(7, 30);
    private string _zone = "UTC";
    private bool _pdf = true;
    private bool _xlsx = true;
    private bool _csv;
    private string? _notice;
    private bool _bad;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    protected override Task OnInitializedAsync()
    {
        _filter = BoardUri.Of(Address.Of(navigator.Uri));
        return Load();
    }

    private static string Asked(BoardFilter filter) =>
        string.Join(", ", new[] { BoardPeriod.Say(filter.Period), filter.Unit ?? "all units", filter.Flow, filter.LegalEntity, filter.Region, filter.Currency }.OfType<string>());

    private async Task Load()
    {
        var answer = await sender.Send(new ListReports(Actor));
        (_lines, _refusal) = (answer.Value ?? _lines, answer.Refusal);
    }

    private Task Save()
    {
        var forms = new[] { (_pdf, ReportForm.Pdf), (_xlsx, ReportForm.Xlsx), (_csv, ReportForm.Csv) }.Where(form => form.Item1).Select(form => form.Item2).ToList();
        var recipients = (_to ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var body = new ReportBody(_name, _filter, forms, recipients, _pace, _day, _time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), _zone);
        return Try(async () => (await sender.Send(new SetReport(null, null, body, Actor))).Match(line => (line.Name + " will be mailed, first " + reader.Brief(line.NextAt) + ".", false), refusal => (refusal.Message, true)));
    }

    private Task Pause(ReportLine line) => Try(async () =>
        (await sender.Send(new SetReport(line.Id, line.Version, line.Body with { Paused = !line.Body.Paused }, Actor))).Match(one => (one.Body.Paused ? $"{one.Name} is paused." : $"{one.Name} goes on.", false), refusal => (refusal.Message, true)));

    private Task Remove(ReportLine line) => Try(async () =>
        (await sender.Send(new RemoveReport(line.Id, Actor))).Match(_ => ($"{line.Name} is ended.", false), refusal => (refusal.Message, true)));

    private async Task Try(Func<Task<(string Notice, bool Bad)>> act)
    {
        _busy = true;
        (_notice, _bad) = await act();
        _busy = false;
        await Load();
    }
}
