using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Web.Access;
using OpsConsole.Web.Approvals;
using OpsConsole.Web.Audit;
using OpsConsole.Web.Calendars;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Close;
using OpsConsole.Web.Contracts;
using OpsConsole.Web.Events;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Home;
using OpsConsole.Web.Kpis;
using OpsConsole.Web.Landscape;
using OpsConsole.Web.Ownership;
using OpsConsole.Web.Privacy;
using OpsConsole.Web.Rates;
using OpsConsole.Web.Replay;
using OpsConsole.Web.Routing;
using OpsConsole.Web.Sources;
using OpsConsole.Web.Traces;

namespace OpsConsole.Web.Shell;

/// <summary>The main navigation. To add a page: one line in <see cref="All"/>. Its address and its right are the page's own attributes.</summary>
public static class Navigation
{
    /// <summary>In the order shown; the sections are named by what people come for.</summary>
    public static readonly IReadOnlyList<NavSection> All =
    [
        new(null, [new(typeof(HomePage), "Home", "home"), new(typeof(WorklistPage), "Worklist", "list") { Below = "/exceptions" }, new(typeof(CausesPage), "Causes", "layers"), new(typeof(BulksPage), "Bulks", "loop"), new(typeof(ApprovalsPage), "Approvals", "two")]),
        new("Overview",
        [
            new(typeof(BoardPage), "Board", "board"), new(typeof(ClosesPage), "Close", "lock"), new(typeof(TransactionsPage), "Transactions", "route"),
            new(typeof(ObjectsPage), "Objects", "cube"), new(typeof(TracesPage), "Traces", "trace"), new(typeof(MapPage), "Map", "link"),
        ]),
        new("Policy",
        [
            new(typeof(RulesPage), "Rules", "sliders"), new(typeof(SlaPage), "Service levels", "soon"), new(typeof(CalendarsPage), "Calendars", "clock"),
            new(typeof(OwnershipPage), "Ownership", "key"), new(typeof(ContractsPage), "Contracts", "doc"), new(typeof(RatesPage), "Rates", "coin"),
        ]),
        new("Operations", [new(typeof(SourcesPage), "Sources", "in"), new(typeof(TargetsPage), "Targets", "out")]),
        new("Control", [new(typeof(AuditPage), "Audit", "shield"), new(typeof(RetentionPage), "Retention", "lock"), new(typeof(PeoplePage), "Access", "people")]),
    ];

    /// <summary>What somebody with these rights sees; sections without an entry are left out.</summary>
    public static IEnumerable<NavSection> For(Func<Right, bool> can) =>
        from section in All
        let shown = section.Entries.Where(entry => entry.Needs is not { } right || can(right)).ToList()
        where shown.Count > 0
        select section with { Entries = shown };
}

/// <param name="Title">The heading, or none for the first.</param>
/// <param name="Entries">Its pages.</param>
public sealed record NavSection(string? Title, IReadOnlyList<NavEntry> Entries);

/// <summary>One page in the navigation.</summary>
public sealed record NavEntry
{
    /// <param name="page">A routable page without parameters in its first address.</param>
    /// <param name="title">As people call it.</param>
    /// <param name="icon">Of <c>IconSprite</c>.</param>
    public NavEntry(Type page, string title, string icon)
    {
        (Title, Icon) = (title, icon);
        Href = page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template).MinBy(template => template.Length)
            ?? throw new ArgumentException($"{page.Name} has no address.", nameof(page));
        Needs = Enum.TryParse<Right>(page.GetCustomAttribute<AuthorizeAttribute>()?.Policy, out var right) ? right : null;
    }

    public string Title { get; }

    public string Icon { get; }

    public string Href { get; }

    /// <summary>The right that the page's own <c>[Authorize]</c> asks for.</summary>
    public Right? Needs { get; }

    /// <summary>Where the page's single things live, when that is not below the page itself.</summary>
    public string? Below { get; init; }

    /// <summary>True on the page itself and below it: <c>/exceptions/…</c> lights up the worklist.</summary>
    public bool Covers(string path) =>
        path == Href || (Href != "/" && path.StartsWith(Href + "/", StringComparison.Ordinal)) || (Below is not null && path.StartsWith(Below + "/", StringComparison.Ordinal));
}
