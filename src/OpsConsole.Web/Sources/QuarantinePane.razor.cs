using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using OpsConsole.Intake;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>One refused fact: what is wrong, its bytes, and an editor to mend it in.</summary>
public sealed partial class QuarantinePane(CircuitSender sender, Reader reader) : ComponentBase
{
    private const int LinesShown = 400;
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private QuarantinedFact? _fact;
    private string[] _lines = [];
    private string? _field;
    private string _mended = "";
    private string _original = "";
    private string _why = "";
    private string? _refusal;
    private string? _notice;
    private bool _failed;
    private bool _discarding;
    private bool _busy;

    [Parameter, EditorRequired]
    public required Guid Id { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>It was taken in or discarded.</summary>
    [Parameter]
    public EventCallback Settled { get; set; }

    private Reader Reader => reader;

    private bool CanMend => Actor.Can(Right.MendQuarantine);

    private string Heading => _fact!.Row.EventId is { } id ? $"Event {id}" : _fact.Row.Kind is "spans" ? "A span" : _fact.Row.Kind is "logs" ? "A log record" : "An event without a readable id";

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await sender.Send(new ShowQuarantined(Id, Actor));
        (_fact, _refusal) = (answer.Value, answer.Refusal?.Message);
        if (_fact is { } fact)
        {
            _original = _mended = Readable(fact);
            _lines = [.. _original.Split('\n').Take(LinesShown)];
            _field = fact.Row.Message.Split(':')[0].Split('.', '[')[^1];
        }
    }

    private async Task TakeIn()
    {
        _busy = true;
        var mended = _fact!.IsText && _mended != _original ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(_mended) : null;
        var answer = await sender.Send(new RetryQuarantined(Id, mended, Actor));
        (_busy, _failed) = (false, !answer.Accepted);
        _notice = answer.Value is { } taken
            ? taken.Verdict is Verdict.Duplicate ? "It had been stored meanwhile; nothing was added." : "Taken in: it is stored and will be folded at once."
            : answer.Refusal!.Message;
        await After(answer.Accepted);
    }

    private async Task Discard()
    {
        _busy = true;
        var answer = await sender.Send(new DiscardQuarantined(Id, _why, Actor));
        (_busy, _failed, _notice) = (false, !answer.Accepted, answer.Refusal?.Message ?? "Discarded. Its bytes stay, and it can still be taken in.");
        _discarding = !answer.Accepted;
        await After(answer.Accepted);
    }

    private async Task After(bool settled)
    {
        if (settled)
        {
            await Load();
            await Settled.InvokeAsync();
        }
    }

    private bool IsHit(string line) => _field is { Length: > 0 } && line.Contains($"\"{_field}\":", StringComparison.Ordinal);

    private string Settlement(QuarantineRow row) =>
        $"{(row.SettledBy is { } by ? $"by {by} " : "")}{(row.SettledAt is { } at ? Reader.Brief(at) : "")}";

    /// <summary>JSON in lines; other text as it is; what is no text as hexadecimal.</summary>
    private static string Readable(QuarantinedFact fact)
    {
        if (!fact.IsText)
        {
            return string.Join('\n', fact.Bytes.Chunk(16).Take(64).Select(line => string.Join(' ', line.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)))));
        }

        try
        {
            using var json = JsonDocument.Parse(fact.Bytes);
            return JsonSerializer.Serialize(json.RootElement, s_readable);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return fact.Text;
        }
    }
}
