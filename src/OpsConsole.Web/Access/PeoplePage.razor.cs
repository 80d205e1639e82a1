using Microsoft.AspNetCore.Components;
using OpsConsole.Access;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>Who has an account, what they may do and where. Everything here is written to the audit.</summary>
public sealed partial class PeoplePage(CircuitSender sender, InvitationLink links, NavigationManager navigator, TimeProvider clock) : ComponentBase
{
    private static readonly (string, string)[] s_roles = [.. Enum.GetNames<Role>().Select(role => (role, role))];

    private PeopleList? _list;
    private string? _role;
    private string? _unit;
    private string? _notice;
    private string? _refusal;
    private bool _bad;
    private PersonDraft? _editing;
    private PersonRow? _resetting;
    private PersonRow? _sessionsOf;
    private Invitation? _invited;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private IEnumerable<(string, string)> Units => (_list?.Units ?? []).Select(unit => (unit, unit));

    private List<PersonRow> Shown =>
    [
        .. from person in _list?.People ?? []
           where _role is null || person.Grant.Roles.Contains(Enum.Parse<Role>(_role))
           where _unit is null || person.Grant.AllUnits || person.Grant.Units.Contains(_unit)
           select person,
    ];

    protected override Task OnInitializedAsync() => Load();

    private static string Brief(Mandate mandate) => mandate.UpTo is { } limit ? $"up to {Say.Count((long)limit)}" : $"changes {Say.Count(mandate.Attributes.Count, "attribute")}";

    private string Address(Invitation? invited) => invited is null ? "" : navigator.BaseUri.TrimEnd('/') + links.Path(invited);

    private bool IsMe(PersonRow person) => person.Id.ToString() == Actor.Id;

    private Status State(PersonRow person) =>
        person.Disabled ? Statuses.Dismissed with { Word = "Closed" }
        : person.LockedUntil > clock.GetUtcNow() ? new Status("lock", "Locked out", "warn")
        : new Status("done", "May sign in", "still");

    private string? Locked(PersonRow person) =>
        !person.Disabled && person.LockedUntil is { } until && until > clock.GetUtcNow() ? $"unknown devices, for {Say.Age(until - clock.GetUtcNow())}" : null;

    private async Task Load()
    {
        var answer = await sender.Send(new ListPeople(Actor));
        _list = answer.Value ?? _list;
        if (answer.Refusal is { } refusal)
        {
            Tell(refusal.Message, bad: true);
        }
    }

    private void Add() => (_editing, _refusal) = (new PersonDraft(), null);

    private void Edit(PersonRow person) => (_editing, _refusal) = (PersonDraft.Of(person), null);

    private Task Save(PersonDraft draft) => draft.Id is { } id ? Change(id, draft) : Make(draft);

    private async Task Make(PersonDraft draft)
    {
        var answer = await sender.Send(new AddPerson(draft.Email, draft.Name, draft.Grant(), Actor) { InSpite = draft.InSpite });
        _refusal = answer.Refusal?.Message;
        if (answer.Value is { } invited)
        {
            (_editing, _invited) = (null, invited);
            await Load();
        }
    }

    private async Task Change(Guid id, PersonDraft draft)
    {
        var answer = await sender.Send(new ChangePerson(id, draft.Seen, draft.Name, draft.Grant(), Actor) { InSpite = draft.InSpite });
        _refusal = answer.Refusal?.Message;
        if (answer.Value is { } person)
        {
            _editing = null;
            Tell($"{person.Name} is now {person.Grant}.");
            await Load();
        }
    }

    private async Task Close(PersonRow person)
    {
        var answer = await sender.Send(new DisablePerson(person.Id, !person.Disabled, Actor));
        Tell(answer.Refusal?.Message ?? (person.Disabled ? $"{person.Name} may sign in again." : $"The account of {person.Name} is closed."), !answer.Accepted);
        await Load();
    }

    private async Task Reset()
    {
        if (_resetting is { } person)
        {
            _resetting = null;
            var answer = await sender.Send(new ResetPassword(person.Id, Actor));
            _invited = answer.Value;
            if (answer.Refusal is { } refusal)
            {
                Tell(refusal.Message, bad: true);
            }

            await Load();
        }
    }

    private void Tell(string notice, bool bad = false) => (_notice, _bad) = (notice, bad);
}
