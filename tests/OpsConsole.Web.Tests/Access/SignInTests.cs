using System.Net;
using Microsoft.AspNetCore.Http;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Tests.Access;

public class SignInTests
{
    [Theory]
    [InlineData("/exceptions?unit=EMEA", "/exceptions?unit=EMEA")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("exceptions", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void One_comes_back_only_to_this_console(string? wanted, string to) => Assert.Equal(to, SignInDesk.LocalOr(wanted, "/"));

    [Theory]
    [InlineData("http", "127.0.0.1", true)]
    [InlineData("http", "::1", true)]
    [InlineData("http", "10.1.2.3", false)]
    [InlineData("https", "10.1.2.3", true)]
    public void Passwords_travel_over_https_or_not_at_all(string scheme, string from, bool allowed)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = scheme;
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);

        Assert.Equal(allowed, SignInDesk.Insecure(http) is null);
    }

    [Fact]
    public void A_caller_that_cannot_be_told_is_not_on_this_machine() => Assert.NotNull(SignInDesk.Insecure(new DefaultHttpContext()));
}
