using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Replay;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Replay;

/// <summary>The same repair for many: the selection is frozen, each gets a verdict, and only then something is changed, one by one, each with its own result.</summary>
public sealed partial class RepairManyPage(CircuitSender sender, Reader reader) : ComponentBase, IDisposable
{
    private const string Missing = "#missing";
    private const int MostRows = 300;
    private const int AtOnce = 20;

    private static readonly IReadOnlyList<(string, string)> s_path = [("Worklist", WorklistFilter.Path)];

    private static readonly (RepairVerdictKind Kind, string Word, string Icon, string Family)[] s_verdicts =
    [
        (RepairVerdictKind.Valid, "Would be right", "done", "good"), (RepairVerdictKind.StillInvalid, "Still not right", "failx", "bad"), (RepairVerdictKind.NotYours, "Not yours", "half", "still"),
        (RepairVerdictKind.Unchanged, "Unchanged", "minus", "still"), (RepairVerdictKind.NotPossible, "Not possible", "lock", "still"), (RepairVerdictKind.Stale, "Changed since", "bell", "warn"),
    ];

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<Guid, RepairApplied> _done = [];
    private RepairPreview? _preview;
    private IReadOnlyList<SharedField> _fields = [];
    private Refusal? _refusal;
    private RepairVerdictKind? _shown;
    private DateTimeOffset _frozenAt;
    private string _pointer = "";
    private string _only = "";
    private string _value = "";
    private string _reason = "missing-value";
    private string _note = "";
    private string? _fault;
    private string? _result;
    private int _asked;
    private bool _busy;
    private string? _read;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>A cause's fingerprint.</summary>
    [SupplyParameterFromQuery]
    public string? Cause { get; set; }

    /// <summary>Numbers of exceptions, with commas.</summary>
    [SupplyParameterFromQuery]
    public string? Of { get; set; }

    private FormField? Field => _fields.FirstOrDefault(shared => shared.Field.Pointer == _pointer)?.Field;

    private IEnumerable<SharedValue> Values => (_fields.FirstOrDefault(shared => shared.Field.Pointer == _pointer)?.Values ?? []).Where(value => value.Value is not (null or "null"));

    private bool Judged => _preview?.Items.Any(item => item.Verdict is not null) is true;

    private IReadOnlyList<RepairItem> Rows => [.. (_preview?.Items ?? []).Where(item => _shown is null || item.Verdict == _shown)];

    private Money? Sum => _preview is { } preview && Rows.Any(item => item.Reporting is not null)
        ? new Money(Rows.GroupBy(item => (item.ObjectType, item.ObjectId)).Sum(same => same.Max(item => item.Reporting) ?? 0), preview.ReportingCurrency)
        : null;

    private string Back => Cause is { } cause ? new WorklistFilter { Cause = cause }.ToUri() : WorklistFilter.Path;

    private string Summary
    {
        get
        {
            var claims = _preview!.Items.Count(item => item is { Verdict: RepairVerdictKind.Valid, Claims: true });
            var parts = s_verdicts.Where(verdict => Count(verdict.Kind) > 0).Select(verdict => $"{Say.Count(Count(verdict.Kind))} {verdict.Word.ToLowerInvariant()}");
            return $"{string.Join(", ", parts)}.{(claims > 0 ? $" {Say.Count(claims)} that nobody holds {(claims == 1 ? "is" : "are")} claimed for you first." : "")} Each becomes a new version of its payload; the original stays.";
        }
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read != $"{Cause}/{Of}")
        {
            _read = $"{Cause}/{Of}";
            await Load();
        }
    }

    private async Task Load()
    {
        var numbers = (Of ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => long.TryParse(text.StartsWith("EX-", StringComparison.OrdinalIgnoreCase) ? text[3..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).ToList();
        var answer = await sender.Send(new PreviewRepairs(new RepairSelection(Numbers: numbers, Cause: Cause), null, Actor), _leaving.Token);
        (_preview, _refusal, _frozenAt) = (answer.Value ?? _preview, answer.Refusal, reader.Now);
        _fields = answer.Value?.Fields ?? _fields;
        Pick(_fields.Count > 0 ? _fields[0].Field.Pointer : "");
    }

    private void PickField(ChangeEventArgs args) => Pick(args.Value as string ?? "");

    private void Pick(string pointer) => Change(() =>
    {
        (_pointer, _value) = (pointer, "");
        _only = _fields.FirstOrDefault(shared => shared.Field.Pointer == pointer) is { Field.Complained: true } complained && complained.Values.Any(value => value.Value is null or "null") ? Missing : "";
        _reason = _only == Missing ? "missing-value" : "wrong-value";
    });

    // Another question: the verdicts that are there do not answer it.
    private void Change(Action change)
    {
        change();
        (_shown, _result, _fault) = (null, null, null);
        _preview = _preview is null ? null : _preview with { Items = [.. _preview.Items.Select(item => item with { Verdict = null, Why = null })] };
    }

    private RepairChange Asked => new(
        _pointer, Field!.ToLiteral(_value) ?? (Field.Required ? "null" : null), _only is "" or Missing ? null : _only, _only == Missing);

    private async Task Preview()
    {
        _busy = true;
        var frozen = _preview!.Items.Select(item => new SeenCase(item.Id, item.Version)).ToList();
        var answer = await sender.Send(new PreviewRepairs(new RepairSelection(frozen), Asked, Actor), _leaving.Token);
        (_busy, _fault, _shown) = (false, answer.Refusal?.Message, null);
        _done.Clear();
        if (answer.Value is { } preview)
        {
            _preview = preview with { More = _preview.More };
        }
    }

    // In small lots, so that the page shows how far it is; who leaves it, ends it after the lot under way.
    private async Task Apply()
    {
        (_busy, _fault) = (true, null);
        var valid = _preview!.Items.Where(item => item.Verdict is RepairVerdictKind.Valid).Select(item => new SeenCase(item.Id, item.Version)).ToList();
        _asked = valid.Count;
        foreach (var lot in valid.Chunk(AtOnce))
        {
            var answer = await sender.Send(new ApplyRepairs(lot, Asked, _reason, _note.Trim(), Actor), _leaving.Token);
            if (answer.Value is not { } applied)
            {
                _fault = answer.Refusal!.Message;
                break;
            }

            foreach (var item in applied.Items)
            {
                _done[item.Id] = item;
            }

            StateHasChanged();
        }

        var kept = _done.Values.Count(item => item.Done);
        _result = $"{Say.Count(kept)} of {Say.Count(_asked)} repaired.{(kept < _asked ? $" {Say.Count(_asked - kept)} not: see why beside each." : " They are yours: ask for approval or replay them.")}";
        _busy = false;
    }

    private async Task Again()
    {
        _done.Clear();
        _result = null;
        _asked = 0;
        await Load();
    }

    private int Count(RepairVerdictKind kind) => _preview?.Items.Count(item => item.Verdict == kind) ?? 0;

    // "/taxProfile: must be one of …" about the field that is named beside it needs no pointer; about another it needs a name.
    private string? InWords(string? why)
    {
        if (why is null || !why.StartsWith('/') || why.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
        {
            return why;
        }

        return why[..colon] == _pointer ? why[(colon + 1)..].TrimStart() : $"{Words.Sentence(why[1..colon])}{why[colon..]}";
    }

    private (string Icon, string Word, string Family, string? Why) Outcome(RepairItem item)
    {
        if (_done.TryGetValue(item.Id, out var done))
        {
            return done.Done ? ("done", "Repaired", "good", "a new version of its payload") : ("failx", "Not repaired", "bad", done.Why);
        }

        return Array.Find(s_verdicts, verdict => verdict.Kind == item.Verdict) is { Word: not null } said && item.Verdict is not null
            ? (said.Icon, said.Word, said.Family, item.Why ?? (item.Claims ? "claimed for you first" : null))
            : ("dash", "Not looked at", "still", null);
    }
}
