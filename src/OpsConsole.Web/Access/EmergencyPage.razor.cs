using Microsoft.AspNetCore.Components;
using OpsConsole.Access;
using OpsConsole.Rights;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>Roles for some hours: given, ended, and reviewed by somebody else.</summary>
public sealed partial class EmergencyPage(CircuitSender sender, Reader reader) : ComponentBase
{
    private readonly HashSet<Role> _roles = [];
    private EmergencyList? _list;
    private IReadOnlyList<PersonRow> _people = [];
    private EmergencyRow? _reviewing;
    private string? _fault;
    private string? _refusal;
    private string? _person;
    private string? _units;
    private string? _reason;
    private string? _note;
    private int _hours = 2;
    private bool _giving;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private IReadOnlyList<RoleConflict> Conflicts => RoleConflict.Added(_people.FirstOrDefault(person => person.Id.ToString() == _person)?.Grant.Roles ?? [], _roles);

    protected override Task OnInitializedAsync() => Load();

    private static Status State(EmergencyRow one) => one switch
    {
        { Holds: true } => new Status("clock", "Holds", "warn"),
        { ReviewedAt: null } => new Status("search", "To review", "bad"),
        _ => new Status("done", "Reviewed", "still"),
    };

    private async Task Load()
    {
        var answer = await sender.Send(new ListEmergencies(Actor));
        (_list, _fault) = (answer.Value ?? _list, answer.Refusal?.Message);
    }

    private async Task Begin()
    {
        _people = (await sender.Send(new ListPeople(Actor))).Value?.People ?? [];
        (_giving, _refusal) = (true, null);
    }

    private async Task Give()
    {
        var units = (_units ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = await sender.Send(new GiveEmergency(Guid.TryParse(_person, out var person) ? person : Guid.Empty, new Grant([.. _roles], units.Length == 0, units), _hours, _reason ?? "", Actor));
        _refusal = answer.Refusal?.Message;
        _giving = !answer.Accepted;
        await Load();
    }

    private async Task End(EmergencyRow one)
    {
        var answer = await sender.Send(new EndEmergency(one.Id, Actor));
        await Load();
        _fault = answer.Refusal?.Message ?? _fault;
    }

    private async Task Review()
    {
        var answer = await sender.Send(new ReviewEmergency(_reviewing!.Id, _note ?? "", Actor));
        _refusal = answer.Refusal?.Message;
        _reviewing = answer.Accepted ? null : _reviewing;
        await Load();
    }
}
