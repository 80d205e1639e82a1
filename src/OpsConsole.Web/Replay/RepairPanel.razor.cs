using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Replay;

/// <summary>
/// The repair of a payload: as a form, or as JSON by those who may. What is typed is kept as a draft, in the browser at every key
/// (js/ops.js) and at the console after each pause, so that neither a lost connection nor a restart loses it; news about the exception never replaces it.
/// </summary>
public sealed partial class RepairPanel(IJSRuntime browser) : ComponentBase
{
    private const string RawKey = "#text";
    private const string NoteKey = "#note";

    private readonly Dictionary<string, string?> _edits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal);
    private RepairForm? _form;
    private RepairForm? _given;
    private string? _raw;
    private string _reason = "";
    private string _note = "";
    private bool _asText;
    private bool _found;
    private int _sending;
    private Task _sent = Task.CompletedTask;
    private JsonFault? _fault;

    [Parameter, EditorRequired]
    public required Guid CaseId { get; set; }

    [Parameter, EditorRequired]
    public required RepairView Repair { get; set; }

    [Parameter, EditorRequired]
    public required RepairForm Form { get; set; }

    [Parameter]
    public CaseError? Error { get; set; }

    /// <summary>The system that refused.</summary>
    [Parameter]
    public string System { get; set; } = "";

    /// <summary>Why it cannot be edited now; nothing: it can.</summary>
    [Parameter]
    public string? Locked { get; set; }

    /// <summary>The reader may edit the payload as JSON.</summary>
    [Parameter]
    public bool MayRaw { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Keeps the repair as a version; true when it was accepted.</summary>
    [Parameter, EditorRequired]
    public required Func<RepairSave, Task<bool>> Keep { get; set; }

    /// <summary>Keeps what was typed; answers the form with it, or nothing when it could not be kept.</summary>
    [Parameter, EditorRequired]
    public required Func<DraftContent, Task<RepairForm?>> KeepDraft { get; set; }

    /// <summary>The payload when it is not saved, for a dry run; nothing: it is.</summary>
    [Parameter]
    public EventCallback<string?> Edited { get; set; }

    private RepairForm Now => _form ?? Form;

    private bool HasFields => Repair.IsJson && Now.Fields.Count > 0;

    private bool ShowText => _asText || !HasFields;

    private bool MayWriteText => Locked is null && (MayRaw || !Repair.IsJson);

    private bool Dirty => _raw is not null ? _raw != Pretty(Repair.Current ?? "") : _edits.Count > 0;

    private string Text => _raw ?? Pretty(Now.Body ?? "");

    private int Lines => Text.Count(letter => letter == '\n') + 1;

    private string Prefix => $"{CaseId:n}|";

    private bool CanSave => Dirty && !Busy && _fault is null && Now.Faults.Count == 0;

    private DraftContent Content => new(new Dictionary<string, string?>(_edits), _raw, Dirty || _note.Length > 0 ? _reason : "", _note);

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_given, Form))
        {
            return;
        }

        // What is on its way is younger: the console answers it with a form that knows of both.
        _given = Form;
        if (_sending == 0)
        {
            Take(Form);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Locked is not null)
        {
            return;
        }

        // What the browser still has was typed while the console was away: it is younger than the draft.
        var typed = await browser.InvokeAsync<Dictionary<string, string>?>("opsConsole.draftsOf", Prefix);
        foreach (var (pointer, text) in typed ?? [])
        {
            _typed[pointer] = text;
            if (pointer == RawKey)
            {
                _raw = MayWriteText ? text : _raw;
            }
            else if (pointer == NoteKey)
            {
                _note = text;
            }
            else if (Now.Fields.FirstOrDefault(field => field.Pointer == pointer) is { Locked: null } field)
            {
                Put(field, text);
            }
        }

        if (typed is { Count: > 0 } && Dirty)
        {
            _found = true;
            await Send();
            StateHasChanged();
        }
    }

    private void Take(RepairForm form)
    {
        _form = form;
        _edits.Clear();
        foreach (var (pointer, literal) in form.Draft?.Content.Edits ?? new Dictionary<string, string?>())
        {
            _edits[pointer] = literal;
        }

        (_raw, _note) = (form.Draft?.Content.Raw, form.Draft?.Content.Note ?? "");
        _reason = form.Draft?.Content.Reason is { Length: > 0 } reason ? reason : Usual(form);
        _found |= form.Draft is not null;
        _fault = Repair.IsJson && _raw is not null ? PayloadText.Fault(_raw) : null;
        _ = Edited.InvokeAsync(Dirty ? form.Body : null);
    }

    // What was empty was missing, whatever else stood there was wrong: the steward says otherwise where it is.
    private static string Usual(RepairForm form) =>
        form.Fields.FirstOrDefault(field => field.Complained) is { Original: null or "null" } ? "missing-value" : "wrong-value";

    private Task SetField((FormField Field, string Text) typed)
    {
        _typed[typed.Field.Pointer] = typed.Text;
        Put(typed.Field, typed.Text);
        return Send();
    }

    private void Put(FormField field, string text)
    {
        var literal = field.ToLiteral(text);
        if (_raw is not null)
        {
            _raw = literal is null ? JsonEdit.Remove(_raw, field.Pointer) : JsonEdit.Set(_raw, field.Pointer, literal) ?? _raw;
        }
        else if (literal == field.Saved)
        {
            _edits.Remove(field.Pointer);
        }
        else
        {
            _edits[field.Pointer] = literal;
        }
    }

    private Task SetText(string text)
    {
        _typed[RawKey] = text;
        _raw = text.ReplaceLineEndings("\n");
        _fault = Repair.IsJson ? PayloadText.Fault(_raw) : null;
        return Send();
    }

    private Task SetNote(string note)
    {
        (_typed[NoteKey], _note) = (note, note);
        return Send();
    }

    private Task SetReason(string reason)
    {
        _reason = reason;
        return Send();
    }

    private Task Send() => _sent = Task.WhenAll(_sent, SendOne());

    // The browser's copy goes once the console has it; of several on their way the last answer counts.
    private async Task SendOne()
    {
        _sending++;
        var kept = await KeepDraft(Content);
        _sending--;
        if (kept is not null && _sending == 0)
        {
            _form = kept;
            await browser.InvokeVoidAsync("opsConsole.dropDrafts", Prefix, _typed);
        }

        await Edited.InvokeAsync(Dirty ? Now.Body : null);
    }

    private Task Format() => SetText(Pretty(Text));

    private async Task Discard()
    {
        _edits.Clear();
        (_raw, _note, _found, _fault) = (null, "", false, null);
        await browser.InvokeVoidAsync("opsConsole.dropDrafts", Prefix, null);
        await Send();
    }

    private async Task Save()
    {
        // The click that leaves a field comes while what was typed there is still on its way: it waits for that, and is not lost.
        await _sent;
        if (CanSave && await Keep(new RepairSave(Now.Body ?? "", _raw is null ? new Dictionary<string, string?>(_edits) : null, _note.Trim(), _reason, _raw is not null && Repair.IsJson)))
        {
            await browser.InvokeVoidAsync("opsConsole.dropDrafts", Prefix, null);
            _edits.Clear();
            (_raw, _note, _found) = (null, "", false);
            await Edited.InvokeAsync(null);
        }
    }

    private string Pretty(string body) => Repair.IsJson ? LineDiff.Pretty(body).ReplaceLineEndings("\n") : body.ReplaceLineEndings("\n");
}
