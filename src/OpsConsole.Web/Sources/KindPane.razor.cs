using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using OpsConsole.Intake.Bulk;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>One kind of refused facts: mended together, taken in again chunk by chunk with its progress, or given up.</summary>
public sealed partial class KindPane(CircuitSender sender, Reader reader) : ComponentBase, IDisposable
{
    private const int MostShown = 50;
    private static readonly Status s_would = new("done", "Would be taken in", "good");
    private static readonly Status s_stays = new("failx", "Would stay", "bad");
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<StillRefused> _refused = [];
    private How _how;
    private string _field = "";
    private string _value = "";
    private string _patch = "";
    private string _why = "";
    private MendPreview? _preview;
    private string? _notice;
    private bool _failed;
    private bool _busy;
    private bool _stop;
    private bool _discarding;
    private int _total;
    private int _done;
    private int _takenIn;
    private int _known;

    private enum How
    {
        AsTheyAre,
        SetField,
        Patch,
    }

    [Parameter, EditorRequired]
    public required RefusedKindRow Row { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>Some were taken in or discarded.</summary>
    [Parameter]
    public EventCallback Settled { get; set; }

    private Reader Reader => reader;

    private bool CanMend => Actor.Can(Right.MendQuarantine);

    private bool Ready => _how switch
    {
        How.SetField => _field.Trim().Length > 0 && _value.Length > 0,
        How.Patch => _patch.Trim().Length > 0,
        _ => true,
    };

    private string? Patch => _how switch
    {
        How.SetField => MergePatch.Setting(_field.Trim(), _value.Trim()).ToString(),
        How.Patch => _patch,
        _ => null,
    };

    /// <summary>Whoever leaves the page stops it after the chunk that is under way; begun anew it goes on with what is left.</summary>
    public void Dispose() => _stop = true;

    protected override void OnInitialized()
    {
        _field = RefusedWords.PathOf(Row.Kind);
        _how = _field.Length > 0 && Row.Kind.Reason is not "unknown-type" ? How.SetField : How.AsTheyAre;
        _patch = _field.Length > 0 ? MergePatch.Setting(_field, "…").ToString() : """{"data": {"currency": "EUR"}}""";
    }

    private string Pressed(How how) => _how == how ? "true" : "false";

    private void Choose(How how)
    {
        _how = how;
        Changed();
    }

    private void Changed() => (_preview, _notice) = (null, null);

    private async Task Preview()
    {
        _busy = true;
        var answer = await sender.Send(new PreviewMend(Row.Kind, Ready ? Patch : null, Actor));
        (_busy, _preview, _failed, _notice) = (false, answer.Value, !answer.Accepted, answer.Refusal?.Message);
    }

    private async Task TakeIn()
    {
        (_busy, _stop, _total, _done, _takenIn, _known, _notice, _failed) = (true, false, Row.Count, 0, 0, 0, null, false);
        _refused.Clear();
        var patch = Patch;
        string? after = null;
        do
        {
            var answer = await sender.Send(new MendKind(Row.Kind, patch, after, Actor));
            if (answer.Value is not { } chunk)
            {
                (_failed, _notice) = (true, answer.Refusal!.Message);
                break;
            }

            Count(chunk);
            after = chunk.Next;
            StateHasChanged();
        }
        while (after is not null && !_stop);
        _busy = false;
        _notice ??= after is not null ? "Stopped. What was taken in stays; take in again goes on with the rest."
            : _refused.Count == 0 ? "All of them are taken in and will be folded at once." : null;
        await Settled.InvokeAsync();
    }

    private void Count(MendedChunk chunk)
    {
        _takenIn += chunk.TakenIn;
        _known += chunk.Known;
        _refused.AddRange(chunk.Refused);
        _done = _takenIn + _known + _refused.Count;
        _total = Math.Max(_total, _done + chunk.Left);
    }

    private async Task Discard()
    {
        _busy = true;
        var answer = await sender.Send(new DiscardKind(Row.Kind, _why, Actor));
        (_busy, _failed, _discarding) = (false, !answer.Accepted, !answer.Accepted);
        _notice = answer.Value is { } discarded ? $"{Say.Count(discarded.Discarded, "fact")} discarded. Their bytes stay, and each can still be taken in." : answer.Refusal!.Message;
        await Settled.InvokeAsync();
    }

    private static string Readable(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(json.RootElement, s_readable);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
