using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Tests.Access;

public class SetUpLinkTests
{
    private readonly SetUpLink _link = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void The_link_that_was_printed_is_genuine()
    {
        var token = Uri.UnescapeDataString(_link.Path().Split("token=")[1]);

        Assert.True(_link.IsGenuine(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guessed")]
    public void Any_other_is_not(string? token) => Assert.False(_link.IsGenuine(token));

    [Fact]
    public void A_link_of_another_console_opens_nothing_here()
    {
        var foreign = new SetUpLink(new EphemeralDataProtectionProvider()).Path().Split("token=")[1];

        Assert.False(_link.IsGenuine(Uri.UnescapeDataString(foreign)));
    }
}
