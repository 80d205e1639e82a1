using OpsConsole.Simulator.Tests.Stage;

namespace OpsConsole.Simulator.Tests;

public class OutboxTests
{
    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(401)]
    public async Task Nothing_is_lost_while_the_console_is_out_of_order(int status)
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        console.OutOfOrder = status;
        for (var i = 0; i < 5; i++)
        {
            await company.Fail("tax-profile");
        }

        await Wait.Until(() => console.Refused >= 2);
        Assert.Empty(console.Events);

        console.OutOfOrder = null;

        await Wait.Until(async () => (await company.Status())["outbox"]!.GetValue<int>() == 0);
        Assert.Equal(5, console.Events.Count(e => e["data"]!["outcome"]!.GetValue<string>() == "failed"));
        Assert.Equal("Bearer key", console.Authorization);
    }

    [Fact]
    public async Task What_could_not_be_sent_before_a_stop_is_sent_after_the_next_start()
    {
        await using var console = await ConsoleSink.Start();
        string id, folder;
        await using (var first = await OpenCompany.Start(console))
        {
            folder = first.Folder;
            console.OutOfOrder = 503;
            id = (await first.Fail("tax-profile"))["id"]!.GetValue<string>();
        }

        console.OutOfOrder = null;
        await using var second = await OpenCompany.Start(console, folder);

        await Wait.Until(() => console.Said("invoice", id, "netsuite") is ["failed rejected"]);
    }

    [Fact]
    public async Task A_stop_sends_what_is_waiting_also_what_was_to_be_late()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console, null, "Backfill=5", "Rates:Late=1");

        await company.Stop();

        Assert.True(console.Events.Count > 48 * 3, "the customers of old and five transactions");
    }

    [Fact]
    public async Task Spans_leave_by_the_real_exporter()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        await company.Fail("tax-profile");

        await Wait.Until(() => console.TraceBytes > 0);
    }
}
