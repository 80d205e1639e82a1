using Microsoft.AspNetCore.Components;
using OpsConsole.Live;
using OpsConsole.Ownership;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Ownership;

/// <summary>The matrix of owners: attributes down, units across; a cell is set in place, and tells all that it ever said.</summary>
public sealed partial class OwnershipPage(CircuitSender sender, LiveFeed feed, NavigationManager navigator) : ComponentBase, IDisposable
{
    private IReadOnlyList<OwnershipCell>? _cells;
    private IReadOnlyList<OwnershipCell> _history = [];
    private Refusal? _refusal;
    private OwnerDraft? _draft;
    private IDisposable? _listening;
    private string? _fault;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Entity { get; set; }

    private bool CanManage => Actor.Can(Right.ManageRules);

    private IEnumerable<(string, string)> Entities =>
        (_cells ?? []).Select(cell => cell.Entity).Distinct().Order(StringComparer.Ordinal).Select(entity => (entity, entity == OwnershipRule.Any ? "Everything" : Words.Sentence(entity)));

    // Everybody's column first, then the units that have a word of their own.
    private IReadOnlyList<string> Units => [OwnershipRule.Any, .. (_cells ?? []).Select(cell => cell.Unit).Where(unit => unit != OwnershipRule.Any).Distinct().Order(StringComparer.Ordinal)];

    private IReadOnlyList<(string Entity, string Attribute)> Rows =>
        [.. (_cells ?? []).Where(cell => Entity is null || cell.Entity == Entity).Select(cell => (cell.Entity, cell.Attribute)).Distinct().OrderBy(row => row.Entity, StringComparer.Ordinal).ThenBy(row => row.Attribute, StringComparer.Ordinal)];

    public void Dispose() => _listening?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _listening = feed.Listen(news => news.Topic is LiveTopic.Settings, TimeSpan.FromSeconds(2), _ => InvokeAsync(Load));
        await Load();
    }

    private async Task Load()
    {
        var answer = await sender.Send(new ListOwnership(null, null, Actor));
        (_cells, _refusal) = (answer.Value ?? _cells, answer.Refusal);
        StateHasChanged();
    }

    private void Go(string? entity) => navigator.NavigateTo(navigator.GetUriWithQueryParameter("entity", entity));

    private async Task Begin(string entity, string attribute, string unit)
    {
        var cell = Cell(entity, attribute, unit);
        (_draft, _fault, _history) = (new OwnerDraft { Entity = entity, Attribute = attribute, Unit = unit, Owner = cell?.Owner ?? "", Seen = cell?.Version }, null, []);
        if (attribute.Length > 0)
        {
            _history = (await sender.Send(new ShowCell(entity, attribute, unit, Actor))).Value ?? [];
            _draft.Seen = _history is [var latest, ..] ? latest.Version : 0;
        }
    }

    private async Task Save()
    {
        _busy = true;
        var answer = await sender.Send(new SetOwnership([_draft!.Cell()], Actor));
        (_busy, _fault) = (false, answer.Refusal?.Message);
        if (answer.Accepted)
        {
            _draft = null;
            await Load();
        }
    }

    private bool IsEdited(string entity, string attribute, string unit) => _draft is { } draft && draft.Entity == entity && draft.Attribute == attribute && draft.Unit == unit;

    private OwnershipCell? Cell(string entity, string attribute, string unit) =>
        _cells?.FirstOrDefault(cell => cell.Entity == entity && cell.Attribute == attribute && cell.Unit == unit);

    private string Inherited(string entity, string attribute, string unit) => Of(entity, attribute, unit) is { } owner ? Words.System(owner.System) : "nobody";

    private string CellTitle(string entity, string attribute, string unit) => Of(entity, attribute, unit) is { } owner
        ? $"{Words.System(owner.System)}, by {owner.Entity} {owner.Attribute} in {owner.Unit}"
        : "The matrix does not say";

    private AttributeOwner? Of(string entity, string attribute, string unit)
    {
        var rules = (_cells ?? []).Where(cell => (cell.Entity == entity || cell.Entity == OwnershipRule.Any) && (cell.Unit == unit || cell.Unit == OwnershipRule.Any)).Select(cell => new OwnershipRule
        {
            Entity = cell.Entity, Attribute = cell.Attribute, Unit = cell.Unit, Version = cell.Version, Owner = cell.Owner, SetAt = cell.SetAt, SetBy = cell.SetBy,
        });
        return new OwnerBook(entity, unit, rules).Of(attribute);
    }
}

/// <summary>A cell while it is being set.</summary>
public sealed class OwnerDraft
{
    public string Entity { get; set; } = "";

    public string Attribute { get; set; } = "";

    public string Unit { get; set; } = OwnershipRule.Any;

    public string Owner { get; set; } = "";

    public string Note { get; set; } = "";

    /// <summary>The version of the cell that was seen; nothing: it was not looked at.</summary>
    public int? Seen { get; set; }

    public OwnershipSet Cell() => new(Entity, Attribute, Unit, Owner, Note, Seen);
}
