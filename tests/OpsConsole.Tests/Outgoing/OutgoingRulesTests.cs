using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Outgoing;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Outgoing;

/// <summary>Where the console calls: nowhere that somebody could lure it to.</summary>
public sealed class OutgoingRulesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]         // Alibaba Cloud's metadata
    [InlineData("169.254.169.254")]         // most clouds' metadata
    [InlineData("168.63.129.16")]           // Azure's host
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd00:ec2::254")]           // AWS's metadata
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    public void An_address_of_the_inside_is_not_called(string address)
    {
        var rules = Rules("");

        Assert.NotNull(rules.WhyNot("erp.example", 443, IPAddress.Parse(address)));
        Assert.NotNull(rules.WhyNot(new Uri($"https://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}/x")));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void A_public_address_is(string address) => Assert.Null(Rules("").WhyNot("erp.example", 443, IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("https://2852039166/")]
    public void Another_way_to_write_it_changes_nothing(string address) => Assert.NotNull(Rules("").WhyNot(new Uri(address)));

    [Theory]
    [InlineData("http://erp.example/x")]
    [InlineData("ftp://erp.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://erp.example/x")]
    public void Only_https_is_called(string address) => Assert.NotNull(Rules("").WhyNot(new Uri(address)));

    [Fact]
    public void What_is_listed_may_be_called_and_its_neighbour_not()
    {
        var rules = Rules("10.20.0.0/16, erp.internal:8080, crm.internal");

        Assert.Null(rules.WhyNot(new Uri("http://10.20.3.4/x")));
        Assert.Null(rules.WhyNot(new Uri("http://erp.internal:8080/x")));
        Assert.Null(rules.WhyNot("crm.internal", 80, IPAddress.Parse("10.99.0.1")));
        Assert.NotNull(rules.WhyNot(new Uri("http://10.21.3.4/x")));
        Assert.NotNull(rules.WhyNot(new Uri("http://erp.internal:8081/x")));
        Assert.NotNull(rules.WhyNot("erp.internal", 8081, IPAddress.Parse("10.99.0.1")));
    }

    [Fact]
    public void A_target_that_the_configuration_names_is_listed_by_that()
    {
        var rules = new OutgoingRules(Settings(("Targets:erp:Url", "http://simulator:8080/erp"), ("Targets:erp:ReadBackUrl", "http://reader:8081/erp/{id}")));

        Assert.Null(rules.WhyNot(new Uri("http://simulator:8080/other")));
        Assert.Null(rules.WhyNot("reader", 8081, IPAddress.Parse("172.18.0.3")));
        Assert.NotNull(rules.WhyNot(new Uri("http://simulator:9090/erp")));
    }

    [Theory]
    [InlineData("not a host")]
    [InlineData("https://erp.internal")]
    [InlineData("erp.internal:99999")]
    [InlineData("10.0.0.0/33")]
    public void What_is_neither_a_host_nor_a_network_is_told_at_the_start(string entry) =>
        Assert.Contains(entry, Assert.Single(OutgoingRules.Faults(Settings((OutgoingRules.Setting, $"10.0.0.0/8, {entry}, erp.internal:1")))), StringComparison.Ordinal);

    [Fact]
    public async Task A_public_looking_name_that_leads_inside_is_refused_when_it_is_resolved()
    {
        using var client = Client("");

        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://localhost:1/x")));

        Assert.IsType<OutgoingRefusedException>(refused.GetBaseException());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_listed_address_is_the_one_that_is_called()
    {
        await using var target = await TestTarget.Start();
        target.Answer = _ => (302, "elsewhere");
        using var client = Client("127.0.0.1");

        using var answer = await client.PostAsync(new Uri(target.Url), new StringContent("{}"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Single(target.Sent);
    }

    [Fact]
    public async Task An_answer_with_headers_without_end_is_cut_off()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talking = Talk(listener);
        using var client = Client("127.0.0.1");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        await talking;
    }

    // Headers until nobody listens any more, which must come before a megabyte.
    private static async Task Talk(TcpListener listener)
    {
        using var caller = await listener.AcceptTcpClientAsync();
        await using var stream = caller.GetStream();
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
        var line = System.Text.Encoding.ASCII.GetBytes($"X-Long: {new string('x', 1000)}\r\n");
        try
        {
            for (var i = 0; i < 100_000; i++)
            {
                await stream.WriteAsync(line);
            }

            Assert.Fail("It listened to 100 MB of headers.");
        }
        catch (IOException)
        {
            // It hung up.
        }
    }

    private static HttpClient Client(string allow)
    {
        var services = new ServiceCollection();
        services.AddOutgoing(Settings((OutgoingRules.Setting, allow))).AddOutgoingClient("test");
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test");
    }

    private static OutgoingRules Rules(string allow) => new(Settings((OutgoingRules.Setting, allow)));

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => new KeyValuePair<string, string?>(one.Name, one.Value))).Build();
}
