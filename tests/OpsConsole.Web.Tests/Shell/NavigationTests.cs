using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Access;
using OpsConsole.Basics;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Shell;

public class NavigationTests
{
    // Open to anybody who may sign in: one's own start and one's own password.
    private static readonly string[] s_open = ["HomePage", "AccountPage"];

    public static TheoryData<Type> Pages => [.. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_names_its_right_or_is_open_on_purpose(Type page)
    {
        var anonymous = page.GetCustomAttribute<AllowAnonymousAttribute>() is not null;
        var right = page.GetCustomAttribute<AuthorizeAttribute>()?.Policy;

        Assert.True(anonymous || s_open.Contains(page.Name) || Enum.TryParse<Right>(right, out _), $"{page.Name}: give it [Authorize(nameof(Right.…))]");
    }

    [Fact]
    public void No_address_is_listed_twice()
    {
        var all = Navigation.All.SelectMany(section => section.Entries).Select(entry => entry.Href).ToList();

        Assert.Equal(all.Distinct(), all);
    }

    [Fact]
    public void An_executive_sees_no_page_of_an_administrator()
    {
        var rights = Roles.Rights([Role.Executive]);

        var shown = Navigation.For(rights.Contains).SelectMany(section => section.Entries).Select(entry => entry.Href);

        Assert.DoesNotContain("/access", shown);
        Assert.DoesNotContain("/audit", shown);
    }
}
