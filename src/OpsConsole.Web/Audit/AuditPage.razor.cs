using Microsoft.AspNetCore.Components;
using OpsConsole.Audit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Audit;

/// <summary>Reads only: an entry is never changed from anywhere.</summary>
public sealed partial class AuditPage(CircuitSender sender, NavigationManager navigator, Reader reader) : ComponentBase
{
    private const int PageSize = 50;

    private readonly Cursors _cursors = new();
    private AuditRows? _page;
    private string? _refusal;
    private string? _by;
    private string? _action;
    private string? _subject;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? By { get; set; }

    [SupplyParameterFromQuery]
    public string? Action { get; set; }

    [SupplyParameterFromQuery]
    public string? Subject { get; set; }

    private Reader Reader => reader;

    protected override Task OnParametersSetAsync()
    {
        (_by, _action, _subject) = (By, Action, Subject);
        _cursors.Reset();
        return Load();
    }

    private async Task Load()
    {
        Guid? after = Guid.TryParse(_cursors.After, out var id) ? id : null;
        var answer = await sender.Send(new ListAudit(new AuditFilter(By, Action, Subject), after, PageSize, Actor));
        _page = answer.Value ?? _page;
        _refusal = answer.Refusal?.Message;
    }

    // Filters live in the address: the entry that somebody points to can be sent on.
    private void Narrow() => navigator.NavigateTo(navigator.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["by"] = Text(_by), ["action"] = Text(_action), ["subject"] = Text(_subject),
    }));

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
