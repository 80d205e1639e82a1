using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Search;

/// <summary>The difference analysis of any selection. Its address says both sides and the time, so that it is the same analysis tomorrow.</summary>
public sealed partial class DifferencesPage
{
    private static readonly (string, string)[] s_kinds = [(nameof(SearchKind.Span), "spans"), (nameof(SearchKind.Event), "events")];

    private DifferencesAsked _asked = new();
    private SelectionExplained? _found;
    private string? _these;
    private string? _others;

    private string Noun => _asked.Kind is SearchKind.Event ? "event" : "span";

    private string? Time => (_asked.Since, _asked.Until) switch
    {
        ({ } since, { } until) => $"{Reader.Brief(since)} to {Reader.Brief(until)}",
        ({ } since, null) => $"from {Reader.Brief(since)}",
        (null, { } until) => $"until {Reader.Brief(until)}",
        _ => null,
    };

    protected override async Task<Refusal?> Read()
    {
        _asked = DifferencesUri.Of(Address.Of(Navigator.Uri));
        (_these, _others, _found) = (_asked.Query, _asked.Against, null);
        if (_asked.Query is null)
        {
            return null;
        }

        var answer = await Sender.Send(_asked.Request(Actor), Leaving);
        _found = answer.Value;
        if (_found is { } found && (_asked.Since, _asked.Until) != (found.Since, found.Until))
        {
            Navigator.NavigateTo(DifferencesUri.To(_asked with { Since = found.Since, Until = found.Until }), replace: true);
        }

        return answer.Refusal;
    }

    private void Compare() => Go(DifferencesUri.To(_asked with { Query = Trimmed(_these), Against = Trimmed(_others) }));

    private void Among(string? kind) => Go(DifferencesUri.To(_asked with { Kind = Enum.TryParse<SearchKind>(kind, out var picked) ? picked : SearchKind.Span }));

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
