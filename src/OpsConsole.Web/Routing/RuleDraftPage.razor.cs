using Microsoft.AspNetCore.Components;
using OpsConsole.Routing;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Routing;

/// <summary>The reader's draft of the rule book: kept at every change, in force only once it is published.</summary>
public sealed partial class RuleDraftPage(CircuitSender sender, TimeProvider clock, NavigationManager navigator) : ComponentBase
{
    private DraftView? _draft;
    private RuleBook? _book;
    private Refusal? _refusal;
    private RuleDraft? _form;
    private Guid? _editing;
    private string? _fault;
    private string? _said;
    private string _note = "";
    private bool _publishing;
    private bool _busy;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    private bool Changed => _draft is { Exists: true, Changes.Count: > 0 };

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var (draft, book) = (await sender.Send(new ShowDraft(Actor)), await sender.Send(new ListRules(Actor)));
        (_draft, _book, _refusal) = (draft.Value ?? _draft, book.Value ?? _book, draft.Refusal ?? book.Refusal);
    }

    private void New() => (_editing, _form, _fault, _said) = (null, new RuleDraft(), null, null);

    private void Edit(BookRule rule) => (_editing, _form, _fault, _said) = (rule.Id, RuleDraft.Of(RuleWords.ToRow(rule, 0, "")), null, null);

    private void Close() => (_editing, _form, _fault) = (null, null, null);

    private async Task Save()
    {
        if (_form!.ToBody() is not { } body)
        {
            _fault = _form.Fault;
            return;
        }

        var id = _editing;
        var rules = _draft!.Rules.ToList();
        var at = rules.FindIndex(rule => rule.Id == id);
        if (at < 0)
        {
            rules.Add(new BookRule(Guid.CreateVersion7(clock.GetUtcNow()), body));
        }
        else
        {
            rules[at] = new BookRule(rules[at].Id, body);
        }

        if (await Write(rules))
        {
            Close();
        }
    }

    private Task Move(int from, int to)
    {
        var rules = _draft!.Rules.ToList();
        var rule = rules[from];
        rules.RemoveAt(from);
        rules.Insert(to, rule);
        return Write(rules);
    }

    private Task Switch(int place)
    {
        var rules = _draft!.Rules.ToList();
        rules[place] = rules[place] with { Rule = rules[place].Rule with { Disabled = !rules[place].Rule.Disabled } };
        return Write(rules);
    }

    private Task Remove(int place) => Write([.. _draft!.Rules.Where((_, i) => i != place)]);

    private async Task<bool> Write(IReadOnlyList<BookRule> rules)
    {
        (_busy, _said) = (true, null);
        var answer = await sender.Send(new SetDraft(rules, Actor));
        (_busy, _fault, _draft) = (false, answer.Refusal?.Message, answer.Value ?? _draft);
        return answer.Accepted;
    }

    private async Task Drop()
    {
        _busy = true;
        var answer = await sender.Send(new DropDraft(Actor));
        (_busy, _draft, _said) = (false, answer.Value ?? _draft, "Your draft is discarded; this is the book in force.");
        Close();
    }

    private async Task Publish()
    {
        _busy = true;
        var answer = await sender.Send(new PublishDraft(_draft!.Current, _note, Actor));
        (_busy, _fault) = (false, answer.Refusal?.Message);
        if (answer.Accepted)
        {
            navigator.NavigateTo("/rules/versions");
        }
    }

    private string QueueLabel(string code) => _book?.Queues.FirstOrDefault(queue => queue.Code == code)?.Label ?? Words.Sentence(code);
}
