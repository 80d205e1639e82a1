using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Notify;

/// <summary>The bell in the head of every page.</summary>
public sealed partial class NoticeBell(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private const int Few = 8;
    private NoticeList? _list;
    private string _announced = "";
    private IDisposable? _listening;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var me = Guid.TryParse(Actor.Id, out var id) ? id : Guid.Empty;
        _listening = feed.Listen(news => news.Topic is LiveTopic.Notices && (news.Subject is null || news.Subject == me), TimeSpan.FromSeconds(1), _ => InvokeAsync(Hear));
        await Load();
    }

    private async Task Hear()
    {
        var before = _list?.Unread ?? 0;
        await Load();
        if (_list is { } list && list.Unread > before)
        {
            _announced = list.Items.Count > 0 ? $"{Say.Count(list.Unread, "unread notice")}. {list.Items[0].Text}" : "";
        }

        StateHasChanged();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListNotices(true, null, Few, Actor));
        _list = answer.Value ?? _list;
    }

    private Task ReadAll() => _list is { Items: [var latest, ..] } ? Read(null, latest.LatestAt) : Task.CompletedTask;

    private Task ReadOne(NoticeRow item) => Read(item.Id, item.LatestAt);

    private async Task Read(Guid? id, DateTimeOffset upTo)
    {
        await sender.Send(new ReadNotices(id, upTo, Actor));
        await Load();
    }
}
