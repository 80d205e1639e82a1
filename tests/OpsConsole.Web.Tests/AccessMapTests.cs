using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Basics;
using OpsConsole.Web.Shell;
using OpsConsole.Web.Tests.Intake;

namespace OpsConsole.Web.Tests;

/// <summary>Which right every route and page demands stands in access-map.txt beside this file: a changed right is a changed line that somebody reviews.</summary>
public sealed class AccessMapTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    [Fact]
    public async Task Every_route_and_page_demands_what_the_map_says()
    {
        var routes = await Routes();
        var actual = routes.Concat(Pages()).Concat(Requests()).Order(StringComparer.Ordinal).ToList();

        var known = await Known();

        Assert.True(known.SequenceEqual(actual), $"access-map.txt is to be (- gone, + new):\n{string.Join('\n', known.Except(actual).Select(line => $"- {line}").Concat(actual.Except(known).Select(line => $"+ {line}")))}");
    }

    [Fact]
    public async Task No_route_of_the_API_is_open()
    {
        var routes = await Routes();

        Assert.DoesNotContain(routes, route => route.Contains("Demands nothing", StringComparison.Ordinal));
        Assert.DoesNotContain(routes, route => route.StartsWith("/api/", StringComparison.Ordinal) && route.Contains("Open to anybody", StringComparison.Ordinal));
    }

    private async Task<List<string>> Routes() =>
    [
        .. from path in (await console.Get("/openapi/v1.json"))["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select $"{path.Key} {operation.Key.ToUpperInvariant()} {operation.Value!["description"]}",
    ];

    private static IEnumerable<string> Pages() =>
        from page in typeof(App).Assembly.GetTypes()
        from route in page.GetCustomAttributes<RouteAttribute>()
        let right = page.GetCustomAttribute<AuthorizeAttribute>()?.Policy
        select $"{route.Template} PAGE {(page.GetCustomAttribute<AllowAnonymousAttribute>() is not null ? "Open to anybody." : right is null ? "Needs any account." : $"Needs {right}.")}";

    // The right is a request's own, whatever it is asked with; one that depends on that says so.
    private static IEnumerable<string> Requests() =>
        from type in typeof(CoreSetup).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && typeof(IGuarded).IsAssignableFrom(type)
        select $"{type.Name} REQUEST Needs {NeedsOf(type)}.";

    private static string NeedsOf(Type type)
    {
        try
        {
            return ((IGuarded)RuntimeHelpers.GetUninitializedObject(type)).Needs.ToString();
        }
        catch (NullReferenceException)
        {
            return "what it asks for";
        }
    }

    internal static Task<string[]> Known() => File.ReadAllLinesAsync(Path.Combine(Here(), "access-map.txt"));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
