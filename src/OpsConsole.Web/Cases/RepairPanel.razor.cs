using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>
/// The repair editor. What is typed is kept in the browser at once (js/ops.js, drafts), so that neither a lost connection nor a restart of
/// the console loses it; news about the exception never replaces it.
/// </summary>
public sealed partial class RepairPanel(IJSRuntime browser) : ComponentBase
{
    private string _text = "";
    private string _saved = "";
    private string? _seen;
    private string _note = "";
    private int? _picked;
    private bool _asText;
    private bool _found;
    private JsonFault? _fault;
    private IReadOnlyList<PayloadField>? _fields;

    [Parameter, EditorRequired]
    public required Guid CaseId { get; set; }

    [Parameter, EditorRequired]
    public required RepairView Repair { get; set; }

    [Parameter]
    public CaseError? Error { get; set; }

    /// <summary>The system that refused.</summary>
    [Parameter]
    public string System { get; set; } = "";

    /// <summary>Why it cannot be edited now; nothing: it can.</summary>
    [Parameter]
    public string? Locked { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Saves body and note; true when it was accepted.</summary>
    [Parameter, EditorRequired]
    public required Func<string, string, Task<bool>> Keep { get; set; }

    /// <summary>The text of the editor when it is not saved, for a dry run; nothing: it is.</summary>
    [Parameter]
    public EventCallback<string?> Edited { get; set; }

    private string Text
    {
        get => _text;
        set => Show(value, edited: true);
    }

    private bool Dirty => _text != _saved;

    private int Lines => _text.Count(letter => letter == '\n') + 1;

    private int Shown => _picked ?? Repair.CurrentVersion;

    private string DraftKey => $"{CaseId:n}:{Repair.CurrentVersion}";

    private string Compared => Repair.Versions.FirstOrDefault(version => version.Version == _picked)?.Body ?? _text;

    protected override void OnParametersSet()
    {
        var current = Pretty(Repair.Current ?? Repair.Original ?? "");
        if (_seen is null)
        {
            (_saved, _seen) = (current, current);
            Show(current, edited: false);
        }
        else if (current != _seen)
        {
            // A new version was saved, here or elsewhere. An unsaved change stays in the editor and is compared with it.
            var untouched = !Dirty || _text == current;
            (_saved, _seen, _picked) = (current, current, null);
            Show(untouched ? current : _text, edited: false);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Locked is null && await browser.InvokeAsync<string?>("opsConsole.draft", DraftKey) is { } draft && draft != _text)
        {
            _found = true;
            Show(draft, edited: true);
            StateHasChanged();
        }
    }

    private void Show(string text, bool edited)
    {
        _text = text.ReplaceLineEndings("\n");
        _fault = Repair.IsJson ? PayloadText.Fault(_text) : null;
        _fields = _fault is null ? PayloadForm.Fields(_text) : null;
        if (edited)
        {
            _picked = null;
            _ = Edited.InvokeAsync(Dirty ? _text : null);
        }
    }

    private async Task SetField((string Name, string Value, JsonValueKind Was) field)
    {
        Show(PayloadForm.Set(_text, field.Name, field.Value, field.Was), edited: true);
        await browser.InvokeVoidAsync("opsConsole.keepDraft", DraftKey, _text);
    }

    private void Format() => Show(Pretty(_text), edited: true);

    private async Task Discard()
    {
        await browser.InvokeVoidAsync("opsConsole.dropDraft", DraftKey);
        (_found, _note) = (false, "");
        Show(_saved, edited: true);
    }

    private async Task Save()
    {
        var key = DraftKey;
        if (await Keep(_text, _note.Trim()))
        {
            await browser.InvokeVoidAsync("opsConsole.dropDraft", key);
            (_found, _note) = (false, "");
            await Edited.InvokeAsync(null);
        }
    }

    private string Pretty(string body) => Repair.IsJson ? LineDiff.Pretty(body).ReplaceLineEndings("\n") : body.ReplaceLineEndings("\n");
}
