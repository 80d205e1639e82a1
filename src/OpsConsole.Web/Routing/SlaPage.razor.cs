using System.Globalization;
using OpsConsole.Live;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Routing;

/// <summary>Recovery objectives and levels of escalation. The address says how far back, and which number's rows are open.</summary>
public sealed partial class SlaPage
{
    private const int Usual = 30;
    private static readonly int[] s_days = [7, 30, 90];
    private ObjectiveList? _objectives;
    private LevelList? _levels;
    private ObjectiveCaseList? _cases;
    private ObjectiveDraft? _objective;
    private LevelDraft? _level;
    private string? _fault;

    protected override IReadOnlyList<string> Topics => [LiveTopic.Settings];

    protected override bool Follows => true;

    private bool CanEdit => Actor.Can(Right.ManageRules);

    private Address Where => Address.Of(Navigator.Uri);

    private int Days => int.TryParse(Where.Text("days"), CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= ListObjectives.Longest ? days : Usual;

    private string? Flow => Where.Text("flow");

    private string Show => Where.Text("show") ?? "missed";

    protected override async Task<Refusal?> Read()
    {
        var (objectives, levels) = (await Sender.Send(new ListObjectives(Days, Actor), Leaving), await Sender.Send(new ListLevels(Actor), Leaving));
        (_objectives, _levels) = (objectives.Value ?? _objectives, levels.Value ?? _levels);
        var cases = Flow is { } flow ? await Sender.Send(new ObjectiveCases(flow, Show, Days, Actor), Leaving) : null;
        _cases = cases?.Value;
        return objectives.Refusal ?? levels.Refusal ?? cases?.Refusal;
    }

    private string Rows(string flow, string show) => $"/sla?days={Days}&flow={Uri.EscapeDataString(flow)}&show={show}";

    private string Label(string flow) => _objectives?.Items.FirstOrDefault(row => row.Flow == flow)?.Label ?? flow;

    private void Edit(ObjectiveRow row) =>
        (_objective, _level, _fault) = (new ObjectiveDraft { Flow = row.Flow, Hours = row.Hours ?? 16, Percent = Math.Round((row.Share ?? 0.95) * 100, 1), Calendar = row.Calendar }, null, null);

    private void EditLevel(LevelRow? row) => (_level, _objective, _fault) = (LevelDraft.Of(row), null, null);

    private void Close() => (_objective, _level, _fault) = (null, null, null);

    private async Task SaveObjective()
    {
        var answer = await Sender.Send(new SetObjective(_objective!.Flow, _objective.Hours, _objective.Percent / 100, _objective.Calendar, Actor), Leaving);
        await Done(answer.Refusal);
    }

    private async Task SaveLevel()
    {
        var answer = await Sender.Send(new SaveLevel(_level!.Id, _level.ToBody(), Actor), Leaving);
        await Done(answer.Refusal);
    }

    private async Task DeleteLevel()
    {
        if (_level?.Id is { } id)
        {
            await Done((await Sender.Send(new DeleteLevel(id, Actor), Leaving)).Refusal);
        }
    }

    private async Task Done(Refusal? refusal)
    {
        _fault = refusal?.Message;
        if (refusal is null)
        {
            Close();
            await Look();
        }
    }

    /// <summary>An objective as the form holds it.</summary>
    private sealed class ObjectiveDraft
    {
        public required string Flow { get; init; }

        public double Hours { get; set; }

        public double Percent { get; set; }

        public string? Calendar { get; set; }
    }
}
