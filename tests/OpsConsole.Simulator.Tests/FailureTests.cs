using System.Text.Json.Nodes;
using OpsConsole.Simulator.Tests.Stage;

namespace OpsConsole.Simulator.Tests;

public class FailureTests
{
    [Fact]
    public async Task A_repaired_replay_is_accepted_and_a_success_of_the_same_operation_leaves()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        var made = await company.Fail("tax-profile", "EMEA", 184_250m);
        var id = made["id"]!.GetValue<string>();
        await Wait.Until(() => console.Said("invoice", id, "netsuite") is ["failed rejected"]);
        var failed = console.Of("invoice", id).Single(e => e["data"]!["outcome"]!.GetValue<string>() == "failed")["data"]!.AsObject();
        var key = failed["idempotencyKey"]!.GetValue<string>();

        var unrepaired = await company.Replay("/erp/invoices", failed["payload"]!.ToJsonString(), key);
        var repaired = (JsonObject)failed["payload"]!.DeepClone();
        repaired["taxProfile"] = made["rightTaxProfile"]!.GetValue<string>();
        var accepted = await company.Replay("/erp/invoices", repaired.ToJsonString(), key, attempt: 2);

        Assert.Equal((422, 201), (unrepaired.Status, accepted.Status));
        await Wait.Until(() => console.Said("invoice", id, "netsuite") is ["failed rejected", "succeeded posted"]);
        var proof = console.Of("invoice", id)[^1]["data"]!;
        Assert.Equal(failed["operation"]!.GetValue<string>(), proof["operation"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("tax-profile", "invoice", "TAX_PROFILE_MISSING", "validation", "taxProfile")]
    [InlineData("payment-terms", "invoice", "PAYMENT_TERMS_UNKNOWN", "mapping", "paymentTerms")]
    [InlineData("duplicate-customer", "customer", "DUPLICATE_CUSTOMER", "duplicate", "vatNumber")]
    [InlineData("throttled", "invoice", "RATE_LIMIT", "throttled", null)]
    [InlineData("erp-down", "invoice", "ERP_UNAVAILABLE", "unavailable", null)]
    [InlineData("timeout-after-write", "invoice", "NO_ANSWER", "timeout", null)]
    public async Task Each_failure_says_what_it_is(string kind, string type, string code, string category, string? attribute)
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var made = await company.Fail(kind);

        var id = made["id"]!.GetValue<string>();
        await Wait.Until(() => console.Said(type, id, "netsuite").Contains("failed rejected"));
        var failed = console.Of(type, id).Single(e => e["data"]!["outcome"]!.GetValue<string>() == "failed")["data"]!;
        var error = failed["error"]!;
        Assert.Equal((code, category, attribute), (error["code"]!.GetValue<string>(), error["category"]!.GetValue<string>(), error["attribute"]?.GetValue<string>()));
        Assert.Equal(made["idempotencyKey"]!.GetValue<string>(), failed["idempotencyKey"]!.GetValue<string>());
        Assert.Equal($"erp-{type}s", failed["replayTarget"]!.GetValue<string>());
        Assert.NotNull(failed["payload"]!.AsObject());
    }

    [Fact]
    public async Task What_a_receiver_refuses_stands_in_the_log_of_the_middleware_within_the_trace()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var id = (await company.Fail("tax-profile"))["id"]!.GetValue<string>();

        await Wait.Until(() => console.Said("invoice", id, "netsuite").Contains("failed rejected"));
        var failed = console.Of("invoice", id).Single(e => e["data"]!["outcome"]!.GetValue<string>() == "failed");
        var trace = failed["traceparent"]!.GetValue<string>().Split('-')[1];
        await Wait.Until(() => console.Logs.Any(body =>
            Convert.ToHexStringLower(body).Contains(trace, StringComparison.Ordinal)
            && System.Text.Encoding.UTF8.GetString(body).Contains($"netsuite refused invoice {id} with TAX_PROFILE_MISSING", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_time_out_the_record_is_there_and_a_replay_makes_no_second()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        var made = await company.Fail("timeout-after-write");
        var (id, key) = (made["id"]!.GetValue<string>(), made["idempotencyKey"]!.GetValue<string>());
        await Wait.Until(() => console.Said("invoice", id, "netsuite") is ["failed rejected"]);
        var payload = console.Of("invoice", id)[^1]["data"]!["payload"]!.ToJsonString();
        Assert.Equal(200, await company.Look($"/erp/invoices/{id}"));

        var replay = await company.Replay("/erp/invoices", payload, key);

        Assert.Equal((201, true), (replay.Status, replay.Repeated));
        await Wait.Until(() => console.Said("invoice", id, "netsuite") is ["failed rejected", "succeeded posted"]);
        Assert.Equal(1, (await company.Status())["erp"]!["appliedPerKey"]![key]!["applied"]!.GetValue<int>());
    }

    [Fact]
    public async Task Throttling_recovers_by_itself()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var made = await company.Fail("throttled");

        await Wait.Until(() => console.Said("invoice", made["id"]!.GetValue<string>(), "netsuite") is ["failed rejected", "succeeded posted"]);
    }

    [Fact]
    public async Task What_never_comes_is_an_order_without_an_invoice()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var made = await company.Fail("never-comes", "AMER");

        await Wait.Until(() => console.Said("order", made["id"]!.GetValue<string>(), "netsuite") is ["succeeded ordered", "succeeded delivered"]);
        Assert.DoesNotContain(console.Events, e => e["data"]!["entity"]!["type"]!.GetValue<string>() == "invoice");
    }

    [Fact]
    public async Task A_disagreement_is_two_systems_with_two_amounts_of_one_invoice()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var made = await company.Fail("disagreement");

        var id = made["id"]!.GetValue<string>();
        await Wait.Until(() => console.Of("invoice", id).Count == 2);
        var amounts = console.Of("invoice", id).Select(e => e["data"]!["attributes"]!["amount"]!.GetValue<string>());
        Assert.Equal(2, amounts.Distinct().Count());
    }

    [Fact]
    public async Task A_customer_that_was_repaired_goes_on_to_billing()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        var made = await company.Fail("duplicate-customer");
        var id = made["id"]!.GetValue<string>();
        await Wait.Until(() => console.Said("customer", id, "netsuite") is ["failed rejected"]);
        var repaired = (JsonObject)console.Of("customer", id)[^1]["data"]!["payload"]!.DeepClone();
        repaired["vatNumber"] = made["rightVatNumber"]!.GetValue<string>();

        await company.Replay("/erp/customers", repaired.ToJsonString(), made["idempotencyKey"]!.GetValue<string>());

        var account = "BA-" + id[4..];
        await Wait.Until(() => console.Said("billing-account", account, "stripe") is ["succeeded active"]);
        Assert.Equal(200, await company.Look($"/billing/accounts/{account}"));
    }
}
