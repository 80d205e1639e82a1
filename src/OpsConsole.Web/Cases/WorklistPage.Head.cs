using Microsoft.AspNetCore.Components;
using OpsConsole.Cases;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>The heads of the columns.</summary>
public sealed partial class WorklistPage
{
    // By rank both of what it is made of are marked.
    private RenderFragment Head(WorklistColumn column) => builder =>
    {
        CaseSort? by = column.Key switch { "risk" => CaseSort.Risk, "due" => CaseSort.Due, "rank" => CaseSort.Rank, _ => null };
        var here = by is not null && (_filter.Sort == by || (_filter.Sort is CaseSort.Rank && column.Key is "risk" or "due"));
        var arrow = column.Key is "due" ? "up" : "down";
        builder.OpenElement(0, "th");
        builder.AddAttribute(1, "class", $"{(column.Key is "risk" or "rank" or "sent" ? "num" : null)} {(column.Key is "cause" ? "c-cause" : null)} {(here ? "sorted" : null)}");
        builder.AddAttribute(2, "aria-sort", here ? (arrow == "up" ? "ascending" : "descending") : null);
        var title = column.Title.Replace("{0}", Currency, StringComparison.Ordinal);
        if (by is { } sort)
        {
            builder.OpenElement(3, "a");
            builder.AddAttribute(4, "href", (_filter with { Sort = sort }).ToUri());
            builder.AddContent(5, title);
            builder.CloseElement();
        }
        else
        {
            builder.AddContent(6, title);
        }

        if (here)
        {
            builder.AddContent(7, " ");
            builder.OpenComponent<Icon>(8);
            builder.AddAttribute(9, nameof(Icon.Name), arrow);
            builder.CloseComponent();
        }

        builder.CloseElement();
    };
}
