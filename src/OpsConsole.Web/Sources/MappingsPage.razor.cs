using System.Text.Json;
using Microsoft.AspNetCore.Components;
using OpsConsole.Intake.Mappings;
using OpsConsole.Live;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>How events of foreign types are taken in: read, set, and tried on a pasted sample.</summary>
public sealed partial class MappingsPage(CircuitSender sender, LiveFeed feed) : ComponentBase, IDisposable
{
    private static readonly IReadOnlyList<(string, string)> s_path = [("Sources", "/sources")];

    private IReadOnlyList<MappingView>? _mappings;
    private Refusal? _refusal;
    private TriedMapping? _tried;
    private IDisposable? _listening;
    private string? _name;
    private string? _text;
    private string? _fault;
    private string? _notice;
    private string _sample = "";
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>Begins a mapping for this event type.</summary>
    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    private bool CanManage => Actor.Can(Right.ManageRules);

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));
        await Load();
        if (Type is { Length: > 0 } type && CanManage)
        {
            Begin(null, Draft(type));
        }
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListMappings(Actor));
        (_mappings, _refusal) = (answer.Value ?? _mappings, answer.Refusal);
        StateHasChanged();
    }

    private void New() => Begin(null, Draft("invoice.*"));

    private void Edit(MappingView mapping) => Begin(mapping.Definition.Name, mapping.Definition);

    private void Begin(string? name, MappingDefinition definition) => (_name, _text, _fault, _notice, _tried) = (name, definition.ToText(), null, null, null);

    private void Close() => (_name, _text) = (null, null);

    private async Task Save()
    {
        if (Read() is not { } definition)
        {
            return;
        }

        _busy = true;
        var answer = await sender.Send(new SetMapping(definition, Actor));
        (_busy, _fault) = (false, answer.Refusal?.Message);
        if (answer.Value is { } set)
        {
            (_name, _notice) = (set.Definition.Name, $"Version {set.Version} is in force. What was refused before waits in quarantine to be taken in again.");
            await Load();
        }
    }

    private async Task Try()
    {
        if (Read() is not { } definition)
        {
            return;
        }

        _busy = true;
        var answer = await sender.Send(new TryMapping(definition, _sample, Actor));
        (_busy, _tried, _fault) = (false, answer.Value, answer.Refusal?.Message);
    }

    private MappingDefinition? Read()
    {
        (_fault, _notice, _tried) = (null, null, null);
        try
        {
            return MappingDefinition.FromJson(_text!);
        }
        catch (JsonException failure)
        {
            _fault = failure.Path is { Length: > 2 } path ? $"{path[2..]}: is not as a mapping has it (line {failure.LineNumber + 1})" : $"It is no mapping: line {failure.LineNumber + 1} cannot be read.";
            return null;
        }
    }

    private static MappingDefinition Draft(string type) => new(
        type.TrimEnd('*', '.').Replace('.', '-').ToLowerInvariant(), type, new Pick(type.Split('.')[0].ToLowerInvariant()), new Pick("$.data.id"))
    {
        Outcome = new Pick("@type", new Dictionary<string, string> { [type.EndsWith('*') ? "invoice.paid" : type] = "succeeded", ["*"] = "pending" }),
        State = new Pick("@type"),
    };

    private static string Becomes(MappingDefinition mapping) => mapping.EntityType.From[0] is '$' or '@' ? "as the data says" : Words.Of(mapping.EntityType.From);

    private static string Outcome(MappingDefinition mapping) => mapping.Outcome switch
    {
        null => "timeline only",
        { Map: { } map } => string.Join(", ", map.Values.Distinct()),
        { From: ['$' or '@', ..] } => "as the data says",
        { From: var constant } => constant,
    };
}
