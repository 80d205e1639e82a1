using Microsoft.AspNetCore.Components;
using OpsConsole.Privacy;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Privacy;

/// <summary>For how long what is kept, and what is held beyond that.</summary>
public sealed partial class RetentionPage(CircuitSender sender, Reader reader) : ComponentBase
{
    private static readonly Status s_holds = new("lock", "Holds", "warn");
    private static readonly Status s_ended = new("done", "Ended", "still");

    private RetentionView? _view;
    private HoldRow? _ending;
    private string? _fault;
    private string? _refusal;
    private string _kind = "case";
    private string? _first;
    private string? _second;
    private string? _reason;
    private DateOnly? _from;
    private DateOnly? _to;
    private bool _placing;
    private bool _erasing;
    private string? _values;
    private string? _done;
    private SubjectFound? _subject;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private Reader Reader => reader;

    private HoldOn On => _kind switch
    {
        "case" => new HoldOn(Case: _first?.Trim()),
        "object" => new HoldOn(ObjectType: _first?.Trim(), ObjectId: _second?.Trim()),
        _ => new HoldOn(Unit: _first?.Trim(), From: _from, To: _to),
    };

    private IReadOnlyList<string> Values => (_values ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await sender.Send(new ShowRetention(Actor));
        (_view, _fault) = (answer.Value ?? _view, answer.Refusal?.Message);
    }

    private void Begin() => (_placing, _refusal, _reason, _first, _second, _from, _to) = (true, null, null, null, null, null, null);

    private async Task Place()
    {
        var answer = await sender.Send(new PlaceHold(On, _reason ?? "", Actor));
        (_refusal, _placing) = (answer.Refusal?.Message, !answer.Accepted);
        await Load();
    }

    private async Task Look()
    {
        var answer = await sender.Send(new FindSubject(Values, Actor));
        (_subject, _refusal, _done) = (answer.Value, answer.Refusal?.Message, null);
    }

    private async Task Erase()
    {
        var answer = await sender.Send(new EraseSubject(Values, _reason ?? "", Actor));
        _refusal = answer.Refusal?.Message;
        if (answer.Value is not null)
        {
            (_subject, _done) = (null, "They are erased.");
        }
    }

    private async Task End()
    {
        var answer = await sender.Send(new EndHold(_ending!.Id, _reason ?? "", Actor));
        (_refusal, _ending) = (answer.Refusal?.Message, answer.Accepted ? null : _ending);
        await Load();
    }
}
