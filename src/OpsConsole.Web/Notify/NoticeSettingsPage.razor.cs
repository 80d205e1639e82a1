using Microsoft.AspNetCore.Components;
using OpsConsole.Notify;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Notify;

/// <summary>How a person wants to be told.</summary>
public sealed partial class NoticeSettingsPage(CircuitSender sender, Reader reader) : ComponentBase
{
    private readonly HashSet<string> _muted = new(StringComparer.Ordinal);
    private NoticeWishView? _view;
    private Refusal? _refusal;
    private MailWish _mail;
    private string _digestAt = "";
    private string _quietFrom = "";
    private string _quietTo = "";
    private string _zone = "";
    private bool _quietWeekends;
    private bool _urgentAlways;
    private bool _busy;
    private string? _fault;
    private string? _said;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await sender.Send(new ShowNoticeWish(Actor));
        _refusal = answer.Refusal;
        Take(answer.Value);
    }

    private void Take(NoticeWishView? view)
    {
        if (view is null)
        {
            return;
        }

        (_view, _mail) = (view, view.Wish.Mail);
        (_digestAt, _quietFrom, _quietTo) = (view.Wish.DigestAt, view.Wish.QuietFrom, view.Wish.QuietTo);
        (_quietWeekends, _urgentAlways) = (view.Wish.QuietWeekends, view.Wish.UrgentAlways);
        _zone = view.Wish.Zone is "UTC" && reader.Zone.HasIanaId ? reader.Zone.Id : view.Wish.Zone;
        _muted.Clear();
        _muted.UnionWith(view.Wish.Muted);
    }

    private void Mute(string code, bool muted) => _ = muted ? _muted.Add(code) : _muted.Remove(code);

    private async Task Save()
    {
        _busy = true;
        var wish = new NoticeWishBody(_mail, _digestAt, _quietFrom, _quietTo, _quietWeekends, _urgentAlways, _zone.Trim(), [.. _muted.Order(StringComparer.Ordinal)]);
        var answer = await sender.Send(new SetNoticeWish(wish, Actor));
        (_busy, _fault, _said) = (false, answer.Refusal?.Message, answer.Accepted ? "Saved. It counts for what comes from now on." : null);
        Take(answer.Value);
    }

    private async Task Try()
    {
        _busy = true;
        var answer = await sender.Send(new TryMail(Actor));
        (_busy, _fault, _said) = (false, answer.Refusal?.Message, answer.Value is { } tried ? $"The mail server took a mail to {tried.Address}." : null);
    }
}
