using Microsoft.AspNetCore.Components;
using OpsConsole.Calendars;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Calendars;

/// <summary>The business calendars. What is edited can be tried before it is set.</summary>
public sealed partial class CalendarsPage(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private IReadOnlyList<CalendarRow>? _list;
    private IReadOnlyList<CalendarVersionRow>? _versions;
    private Refusal? _refusal;
    private CalendarRow? _shown;
    private CalendarDraft? _draft;
    private int _seen;
    private string? _fault;
    private string? _said;
    private IDisposable? _listening;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private bool CanEdit => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(1), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListCalendars(Actor));
        (_list, _refusal) = (answer.Value?.Items ?? _list, answer.Refusal);
        StateHasChanged();
    }

    private async Task Show(CalendarRow row)
    {
        (_shown, _draft, _fault) = (row, null, null);
        _versions = (await sender.Send(new ListCalendarVersions(row.Calendar.Name, Actor))).Value?.Items;
    }

    private void New() => (_draft, _seen, _shown, _fault, _said) = (CalendarDraft.New(), 0, null, null, null);

    private void Edit(CalendarRow row) => (_draft, _seen, _shown, _fault, _said) = (CalendarDraft.Of(row.Calendar), row.Version, row, null, null);

    private void Close() => (_draft, _fault) = (null, null);

    private async Task Save()
    {
        if (_draft!.Fault() is { } wrong)
        {
            _fault = wrong;
            return;
        }

        var answer = await sender.Send(new SetCalendar(_draft.ToCalendar(), _seen, _draft.Note.Trim(), Actor));
        if (answer.Value is not { } saved)
        {
            _fault = answer.Refusal!.Message;
            return;
        }

        _said = $"{saved.Calendar.Label ?? saved.Calendar.Name} is set, version {saved.Version}. Due times in its hours move now.";
        Close();
        await Load();
        await Show(saved);
    }
}
