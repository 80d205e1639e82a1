using OpsConsole.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Events;

/// <summary>All business objects that the reader may see, narrowed by the address.</summary>
public sealed partial class ObjectsPage
{
    private readonly Cursors _cursors = new();
    private ObjectFilter _filter = new();
    private Page<ObjectLine>? _page;

    private bool Narrowed => _filter != new ObjectFilter();

    protected override async Task<Refusal?> Read()
    {
        var asked = ObjectUri.Of(Address.Of(Navigator.Uri));
        if (asked != _filter)
        {
            _cursors.Reset();
        }

        _filter = asked;
        var answer = await Sender.Send(new FindObjects(_filter, Actor, _cursors.After), Leaving);
        _page = answer.Value ?? _page;
        return answer.Refusal;
    }

    private void Narrow(ObjectFilter filter) => Go(ObjectUri.To(filter));

    private IEnumerable<(string, string)> UnitsOf() =>
        (Actor.Scope.AllUnits ? _page?.Items.Select(row => row.Unit) ?? [] : Actor.Scope.Units).Append(_filter.Unit).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(unit => (unit, unit));

    private List<FilterChip> Chips() =>
    [
        .. from chip in new[] { ("type", "Type", _filter.Type is { } type ? Words.Of(type) : null), ("legal-entity", "Legal entity", _filter.LegalEntity), ("region", "Region", _filter.Region), ("currency", "Currency", _filter.Currency), ("disagrees-before", "Disagree since before", _filter.DisagreesBefore is { } before ? Reader.Day(before) : null) }
           where chip.Item3 is not null
           select new FilterChip(chip.Item1, chip.Item2, chip.Item3),
    ];

    private ObjectFilter Without(string key) => key switch
    {
        "type" => _filter with { Type = null },
        "legal-entity" => _filter with { LegalEntity = null },
        "region" => _filter with { Region = null },
        "currency" => _filter with { Currency = null },
        "disagrees-before" => _filter with { DisagreesBefore = null },
        _ => _filter,
    };
}
