using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Cases.Types;
using OpsConsole.Contracts;
using OpsConsole.Queries;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What the last word of a search could become: fields by their beginning, and after a colon the values that were seen lately within the caller's scope.</summary>
public sealed record SuggestSearch(string Text, Actor Actor) : IRequest<Outcome<SearchSuggestions>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <param name="From">Where the word begins that a suggestion takes the place of.</param>
/// <param name="Items">At most <see cref="Most"/>.</param>
public sealed record SearchSuggestions(int From, IReadOnlyList<SearchSuggestion> Items)
{
    public const int Most = 12;
}

/// <param name="Insert">Takes the word's place.</param>
/// <param name="Means">In a few words; nothing where the value says it.</param>
public sealed record SearchSuggestion(string Insert, string? Means);

internal sealed class SuggestSearchHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<SuggestSearch, Outcome<SearchSuggestions>>
{
    private const int LatestCases = 2_000;
    private const int LatestTraces = 200;
    private const int LatestSpans = 400;

    public async Task<Outcome<SearchSuggestions>> Handle(SuggestSearch request, CancellationToken cancellationToken)
    {
        var from = LastWord(request.Text);
        var word = request.Text[from..];
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new SearchSuggestions(from, await Fields(word, request.Actor, cancellationToken));
        }

        var (name, begun) = (word[..colon], word[(colon + 1)..].TrimStart('"'));
        if (SearchVocabulary.All.Find(name) is not { } field)
        {
            return new SearchSuggestions(from, []);
        }

        var values = await Values(field, request.Actor, cancellationToken);
        return new SearchSuggestions(
            from,
            [.. values.Where(value => value.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && value != begun).Take(SearchSuggestions.Most).Select(value => new SearchSuggestion($"{name}:{Quoted(value)}", null))]);
    }

    /// <summary>Where the word at the end begins: behind the last blank, parenthesis or hyphen that is not inside quotes.</summary>
    private static int LastWord(string text)
    {
        var (from, quoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] is '"';
            from = !quoted && (char.IsWhiteSpace(text[at]) || text[at] is '(' or ')' || (text[at] is '-' && at == from)) ? at + 1 : from;
        }

        return from;
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(" ()\"\t") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task<IReadOnlyList<SearchSuggestion>> Fields(string word, Actor actor, CancellationToken cancellationToken)
    {
        if (word.StartsWith(SearchVocabulary.AttributePrefix, StringComparison.OrdinalIgnoreCase))
        {
            var begun = word[SearchVocabulary.AttributePrefix.Length..];
            var names = (await Attributes(actor, cancellationToken)).Select(one => one.Name).Distinct(StringComparer.Ordinal);
            return [.. names.Where(name => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(SearchSuggestions.Most).Select(name => new SearchSuggestion($"{SearchVocabulary.AttributePrefix}{name}:", null))];
        }

        var known = SearchVocabulary.All.Fields.Select(field => new SearchSuggestion(field.Kind is QueryKind.Flag ? field.Name : field.Name + ":", field.Means));
        return [.. known.Append(new SearchSuggestion(SearchVocabulary.AttributePrefix, "attribute of a span or an event")).Where(one => one.Insert.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(SearchSuggestions.Most)];
    }

    private async Task<IReadOnlyList<string>> Values(QueryField field, Actor actor, CancellationToken cancellationToken)
    {
        if (field.Attribute() is { } attribute)
        {
            var said = (await Attributes(actor, cancellationToken)).Where(one => one.Name == attribute).Select(one => one.Value);
            return ["missing", "*", .. said.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        return field.Name switch
        {
            "kind" => [.. Enum.GetNames<SearchKind>().Select(name => name.ToLowerInvariant())],
            "status" => [SearchStatus.Error, SearchStatus.Ok, SearchStatus.Pending, SearchStatus.Late, SearchStatus.Missing],
            "type" => [.. ExceptionCatalog.All.Select(type => type.Code)],
            "unit" when !actor.Scope.AllUnits => actor.Scope.Units,
            "flow" => await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).Select(flow => flow.Name).ToListAsync(cancellationToken),
            "service" => await Services(actor, cancellationToken),
            "duration" => [">500ms", ">2s", ">10s"],
            "time" or "opened" => [">-1h", ">-24h", ">-7d", "today"],
            _ => await OfCases(field.Name, actor, cancellationToken),
        };
    }

    /// <summary>What the latest exceptions say.</summary>
    private async Task<IReadOnlyList<string>> OfCases(string name, Actor actor, CancellationToken cancellationToken)
    {
        var latest = db.Cases.AsNoTracking().Seen(actor.Scope).OrderByDescending(c => c.Number).Take(LatestCases);
        var said = name switch
        {
            "system" => latest.Select(c => c.System),
            "unit" => latest.Select(c => c.Unit),
            "entity" => latest.Where(c => c.LegalEntity != null).Select(c => c.LegalEntity!),
            "region" => latest.Where(c => c.Region != null).Select(c => c.Region!),
            "object" => latest.Select(c => c.ObjectType),
            "operation" => latest.Select(c => c.Operation),
            "queue" => latest.Where(c => c.Queue != null).Select(c => c.Queue!),
            "error" => latest.Where(c => c.ErrorCode != null).Select(c => c.ErrorCode!),
            "currency" => latest.Where(c => c.Currency != null).Select(c => c.Currency!),
            "target" => latest.Where(c => c.ReplayTarget != null).Select(c => c.ReplayTarget!),
            _ => null,
        };
        return said is null ? [] : [.. (await said.Distinct().ToListAsync(cancellationToken)).Where(value => value.Length > 0).Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<string>> Services(Actor actor, CancellationToken cancellationToken)
    {
        var services = await Spans(actor).Select(s => s.Service).Distinct().ToListAsync(cancellationToken);
        return [.. services.Order(StringComparer.Ordinal)];
    }

    private async Task<List<(string Name, string Value)>> Attributes(Actor actor, CancellationToken cancellationToken)
    {
        var texts = await Spans(actor).OrderByDescending(s => s.StartNanos).Take(LatestSpans).Select(s => s.Attributes).ToListAsync(cancellationToken);
        var veil = await TelemetryVeil.Of(db, shelf, actor, cancellationToken);
        var said = new List<(string Name, string Value)>();
        foreach (var text in texts)
        {
            using var json = JsonDocument.Parse(text);
            said.AddRange(
                from one in json.RootElement.EnumerateObject()
                where one.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                where !veil.Hides(one.Name)
                select (one.Name, one.Value.ToString()));
        }

        return said;
    }

    /// <summary>Those of the latest traces of the last days that the caller may see.</summary>
    private IQueryable<Span> Spans(Actor actor)
    {
        var day = DateOnly.FromDateTime((clock.GetUtcNow() - TimeSpan.FromDays(7)).UtcDateTime);
        var latest = db.Traces.Seen(db, actor.Scope).OrderByDescending(t => t.StartedAt).Take(LatestTraces).Select(t => t.TraceId);
        return db.Spans.AsNoTracking().Where(s => s.Day >= day && latest.Contains(s.TraceId));
    }
}
