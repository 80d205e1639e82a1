using OpsConsole.Cases;
using OpsConsole.Live;

namespace OpsConsole.Web.Cases;

/// <summary>How the list is read, and how it follows the news without being read anew.</summary>
public sealed partial class WorklistPage
{
    // News that comes while the list is on its way may not be in it: then it is looked at again.
    private async Task Load()
    {
        _loading++;
        try
        {
            await Read(++_loads);
        }
        finally
        {
            _loading--;
        }

        if (_loading == 0 && _missed)
        {
            _missed = false;
            await Look(null, feed.Round);
        }
    }

    private async Task Read(int load)
    {
        var (asked, after, at) = (_filter, _cursors.After, reader.Now);
        var filter = asked.ToCases(Actor.Id);
        var before = await sender.Send(new LookAgain(filter, [], null, Actor), _leaving.Token);
        var tabs = sender.Send(new QueueTabs(Actor), _leaving.Token);
        var answer = await sender.Send(new ListCases(filter, asked.Sort, after, PageSize, Actor), _leaving.Token);
        _tabs = (await tabs).Value ?? _tabs;
        if (asked != _filter || after != _cursors.After || load < _taken)
        {
            // Another list was asked for meanwhile, or this one later and answered sooner.
            return;
        }

        _taken = load;
        (_readAt, _refusal, _latest, _new) = (at, answer.Refusal, before.Value?.Latest ?? 0, 0);
        _gone.Clear();
        if (answer.Value is { } page)
        {
            // The cursor stays on its row, also when it was moved while the answer was on its way.
            var pointed = At?.Id;
            (_page, _rows) = (page, [.. page.Items]);
            _cursor = _rows.FindIndex(row => row.Id == pointed) is var found and >= 0 ? found : Math.Clamp(_cursor, 0, Math.Max(0, _rows.Count - 1));
            _units = [.. _units.Union(_rows.Select(row => row.Unit)).Order(StringComparer.Ordinal)];
        }
    }

    private Task Follow(IReadOnlyList<News> told) => Look(told.Any(news => news.Subject is null) ? null : told.Select(news => news.Subject!.Value).ToHashSet(), feed.Round);

    private Task Look() => Look(null, null);

    // What others did shows in the rows that are here; what is new or gone is only counted.
    private async Task Look(HashSet<Guid>? changed, long? heard)
    {
        if (_loading > 0)
        {
            _missed = true;
            return;
        }

        var taken = _taken;
        var answer = await sender.Send(new LookAgain(_filter.ToCases(Actor.Id), [.. _rows.Select(row => row.Id)], _latest, Actor) { Changed = changed, Heard = heard }, _leaving.Token);
        _tabs = (await sender.Send(new QueueTabs(Actor) { Heard = heard }, _leaving.Token)).Value ?? _tabs;
        if (taken == _taken && answer.Value is { } news)
        {
            Take(news, changed);
        }

        StateHasChanged();
    }

    // What was read later may be older, when it was shared with others: a row never goes back.
    private void Take(ListNews news, HashSet<Guid>? changed)
    {
        var fresh = news.Rows.ToDictionary(row => row.Id);
        _rows = [.. _rows.Select(row => fresh.TryGetValue(row.Id, out var now) && now.Version >= row.Version ? now with { OfCause = row.OfCause } : row)];
        _gone.RemoveWhere(id => changed?.Contains(id) is not false);
        _gone.UnionWith(news.Gone);
        _new = news.New ?? _new;
    }
}
