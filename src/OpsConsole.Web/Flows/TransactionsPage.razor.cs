using OpsConsole.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Flows;

/// <summary>All transactions that the reader may see, narrowed by the address.</summary>
public sealed partial class TransactionsPage
{
    private static readonly (TransactionStatus? Status, string Word)[] s_tabs =
        [(null, "All"), (TransactionStatus.Missing, "Not arrived"), (TransactionStatus.Late, "Late"), (TransactionStatus.Running, "Under way"), (TransactionStatus.Done, "Done in time")];

    private readonly Cursors _cursors = new();
    private TransactionFilter _filter = new();
    private Page<TransactionLine>? _page;
    private List<(string Name, string Label)> _flows = [];

    protected override async Task<Refusal?> Read()
    {
        var asked = TransactionUri.Of(Address.Of(Navigator.Uri));
        if (asked != _filter)
        {
            _cursors.Reset();
        }

        _filter = asked;
        if (_flows.Count == 0 && (await Sender.Send(new ListFlows(Actor), Leaving)).Value is { } flows)
        {
            _flows = [.. flows.Select(flow => (flow.Definition.Name, flow.Definition.Label ?? flow.Definition.Name))];
        }

        var answer = await Sender.Send(new ListTransactions(_filter, Actor, _cursors.After), Leaving);
        _page = answer.Value ?? _page;
        return answer.Refusal;
    }

    /// <summary>The milestone that is missing, else the last one reached.</summary>
    private static string StandsAt(TransactionLine row) =>
        row.Milestones.FirstOrDefault(milestone => milestone.Status is MilestoneStatus.Missing) is { } missing ? $"waits for {missing.Label}"
        : row.Milestones.Where(milestone => milestone.Time is not null).MaxBy(milestone => milestone.Time)?.Label ?? "nothing reached";

    private void Narrow(TransactionFilter filter) => Go(TransactionUri.To(filter));

    private IEnumerable<(string, string)> UnitsOf() =>
        (Actor.Scope.AllUnits ? _page?.Items.Select(row => row.Unit) ?? [] : Actor.Scope.Units).Append(_filter.Unit).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(unit => (unit, unit));

    private List<FilterChip> Chips()
    {
        var chips = new List<FilterChip>();
        if (_filter is { Milestone: { } milestone, MilestoneIs: { } asked })
        {
            chips.Add(new FilterChip("milestone", Words.Sentence(milestone), asked switch
            {
                MilestoneAsked.Reached => "reached", MilestoneAsked.Late => "late", MilestoneAsked.Missing => "not arrived", _ => "not due",
            }));
        }

        if (_filter.Since is not null || _filter.Until is not null)
        {
            chips.Add(new FilterChip("started", "Started", Between(_filter.Since, _filter.Until)));
        }

        if (_filter.Lag is { } lag)
        {
            chips.Add(new FilterChip("lag", $"{Words.Sentence(lag.From)} to {Words.Of(lag.To)}", LagSaid(lag)));
        }

        foreach (var (key, label, value) in new[] { ("legal-entity", "Legal entity", _filter.LegalEntity), ("region", "Region", _filter.Region), ("currency", "Currency", _filter.Currency) })
        {
            if (value is not null)
            {
                chips.Add(new FilterChip(key, label, value));
            }
        }

        if (_filter.HeldBack)
        {
            chips.Add(new FilterChip("held", "Held back by", "a customer that could not be created"));
        }

        return chips;
    }

    private string LagSaid(LagAsked lag)
    {
        static string Span(double seconds) => Say.Age(TimeSpan.FromSeconds(seconds));
        var bounds = lag switch
        {
            { Absent: true } => "not arrived",
            { MoreThan: { } over, AtMost: { } most } => $"{Span(over)} to {Span(most)}",
            { MoreThan: { } over } => $"over {Span(over)}",
            { AtMost: { } most } => $"up to {Span(most)}",
            _ => "all",
        };
        return lag.Since is null && lag.Until is null ? bounds : $"{bounds}, {Between(lag.Since, lag.Until)}";
    }

    private string Between(DateTimeOffset? since, DateTimeOffset? until) => (since, until) switch
    {
        ({ } from, { } to) when to > Reader.Now => $"since {Reader.Day(from)}",
        ({ } from, { } to) => $"{Reader.Day(from)} to {Reader.Day(to)}",
        ({ } from, null) => $"since {Reader.Day(from)}",
        (null, { } to) => $"before {Reader.Day(to)}",
        _ => "",
    };

    private TransactionFilter Without(string key) => key switch
    {
        "milestone" => _filter with { Milestone = null, MilestoneIs = null },
        "started" => _filter with { Since = null, Until = null },
        "lag" => _filter with { Lag = null },
        "held" => _filter with { HeldBack = false },
        "legal-entity" => _filter with { LegalEntity = null },
        "region" => _filter with { Region = null },
        "currency" => _filter with { Currency = null },
        _ => _filter,
    };
}
