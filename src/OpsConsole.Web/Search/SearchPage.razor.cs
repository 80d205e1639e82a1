using Microsoft.AspNetCore.Components;
using OpsConsole.Search;
using OpsConsole.Web.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Search;

/// <summary>What the one box found. A single thing that is meant to the letter is opened at once.</summary>
public sealed partial class SearchPage
{
    private SearchHits? _hits;
    private string? _asked;

    protected override bool Follows => false;

    protected override async Task<Refusal?> Read()
    {
        var asked = Address.Of(Navigator.Uri).Text("q");
        if (asked is null)
        {
            (_asked, _hits) = (null, null);
            return null;
        }

        var answer = await Sender.Send(new SearchEverything(asked, Actor), Leaving);
        (_asked, _hits) = (asked, answer.Value);
        if (_hits?.Exact is { } exact)
        {
            Navigator.NavigateTo(
                exact.Kind switch
                {
                    "trace" => $"/traces/{exact.Id}",
                    "exception" => $"/exceptions/{exact.Id}",
                    _ => ObjectUri.To(exact.Type, exact.Id),
                },
                replace: true);
        }

        return answer.Refusal;
    }

    private static RenderFragment Shown(int shown, long total, string all) => builder =>
    {
        if (total <= shown)
        {
            builder.AddContent(0, Say.Count(total));
            return;
        }

        builder.OpenElement(1, "a");
        builder.AddAttribute(2, "href", all);
        builder.AddContent(3, $"All {Say.Count(total)}");
        builder.CloseElement();
    };
}
