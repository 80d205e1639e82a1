using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Replay;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Replay;

/// <summary>The registered places that replays go to, with how they are doing.</summary>
public sealed partial class TargetsPage(CircuitSender sender, LiveFeed feed, Reader reader) : ComponentBase, IDisposable
{
    private IReadOnlyList<TargetRow>? _targets;
    private Refusal? _refusal;
    private TargetDraft? _draft;
    private string? _editing;
    private string? _fault;
    private IDisposable? _listening;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private bool CanEdit => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings or LiveTopic.Cases, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListTargets(Actor));
        (_targets, _refusal) = (answer.Value?.Items ?? _targets, answer.Refusal);
        StateHasChanged();
    }

    private void New() => (_editing, _draft, _fault) = (null, new TargetDraft(), null);

    private void Edit(TargetRow target) => (_editing, _draft, _fault) = (target.Name, TargetDraft.Of(target), null);

    private void Close() => (_editing, _draft, _fault) = (null, null, null);

    private async Task Save()
    {
        var draft = _draft!;
        _busy = true;
        var answer = await sender.Send(new SaveTarget(draft.Name.Trim(), draft.ToBody(), Actor));
        (_busy, _fault) = (false, answer.Refusal?.Message);
        if (answer.Accepted)
        {
            Close();
            await Load();
        }
    }

    private static Status Health(TargetRow target) => target switch
    {
        { Disabled: true } => new Status("pause", "Switched off", "still"),
        { Open: true } => new Status("failx", "Down", "bad"),
        { FailuresInRow: > 0 } => new Status("over", "Unsteady", "warn"),
        { AnsweredAt: not null } => new Status("done", "Answers", "good"),
        _ => new Status("quiet", "Not sent to yet", "still"),
    };

    private string? HealthBelow(TargetRow target) => target switch
    {
        { Disabled: true } => "nothing is sent",
        { Open: true, DownSince: { } since } => $"since {reader.Brief(since)}{(target.DownUntil is { } until && until > reader.Now ? $", asked again {reader.Time(until)}" : ", being asked")}",
        { FailuresInRow: > 0 and var failures } => $"{failures} of {target.BreakAfter} without an answer",
        { NextAt: { } next } when next > reader.Now.AddSeconds(2) => $"asked to be left alone until {reader.Time(next)}",
        { AnsweredAt: { } answered } => reader.Brief(answered),
        _ => null,
    };

    private static string WaitingSaid(TargetRow target) => string.Join(", ", new[]
    {
        target.Parked > 0 ? $"{Say.Count(target.Parked)} parked" : null,
        target.Waiting > 0 ? $"{Say.Count(target.Waiting)} wait for others" : null,
        target.Unproven > 0 ? $"{Say.Count(target.Unproven)} unproven" : null,
    }.OfType<string>());

    /// <summary>A target as the form holds it.</summary>
    private sealed class TargetDraft
    {
        public string Name { get; set; } = "";
        public string Url { get; set; } = "";
        public string Method { get; set; } = "POST";
        public string? ReadBackUrl { get; set; }
        public int ProofSeconds { get; set; } = 900;
        public int TimeoutSeconds { get; set; } = 30;
        public string? Secret { get; set; }
        public bool Signed { get; init; }
        public bool Disabled { get; set; }
        public string? Rate { get; set; }
        public int Parallel { get; set; } = ReplayTarget.UsualParallel;
        public int BreakAfter { get; set; } = ReplayTarget.UsualBreakAfter;
        public int BreakSeconds { get; set; } = ReplayTarget.UsualBreakSeconds;

        public static TargetDraft Of(TargetRow target) => new()
        {
            Name = target.Name, Url = target.Url, Method = target.Method, ReadBackUrl = target.ReadBackUrl, ProofSeconds = target.ProofSeconds,
            TimeoutSeconds = target.TimeoutSeconds, Signed = target.HasSecret, Disabled = target.Disabled,
            Rate = target.RatePerSecond?.ToString("0.###", CultureInfo.InvariantCulture), Parallel = target.Parallel, BreakAfter = target.BreakAfter, BreakSeconds = target.BreakSeconds,
        };

        public TargetBody ToBody() => new(
            Url.Trim(), Method, string.IsNullOrWhiteSpace(ReadBackUrl) ? null : ReadBackUrl.Trim(), ProofSeconds, TimeoutSeconds,
            string.IsNullOrEmpty(Secret) ? null : Secret, Disabled, decimal.TryParse(Rate, NumberStyles.Number, CultureInfo.InvariantCulture, out var rate) && rate > 0 ? rate : null,
            Parallel, BreakAfter, BreakSeconds);
    }
}
