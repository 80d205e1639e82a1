using OpsConsole.Simulator.Tests.Stage;

namespace OpsConsole.Simulator.Tests;

public class ErpTests
{
    [Theory]
    [InlineData(null, "TAX_PROFILE_MISSING")]
    [InlineData("XX-VAT99", "TAX_PROFILE_UNKNOWN")]
    public async Task An_invoice_without_a_known_tax_profile_is_refused_with_the_field_named(string? profile, string code)
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var answer = await company.Replay("/erp/invoices", new InvoiceSample { TaxProfile = profile }.ToString(), "k1");

        Assert.Equal((422, code, "taxProfile", "validation"), (answer.Status, answer.Code, Text(answer, "attribute"), Text(answer, "category")));
        Assert.Equal(404, await company.Look("/erp/invoices/INV-1"));
    }

    [Fact]
    public async Task An_invoice_with_unknown_payment_terms_is_a_mapping_fault()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var answer = await company.Replay("/erp/invoices", new InvoiceSample { PaymentTerms = "30 DAYS NET" }.ToString(), "k1");

        Assert.Equal((422, "PAYMENT_TERMS_UNKNOWN", "mapping"), (answer.Status, answer.Code, Text(answer, "category")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"tranId": "INV-1"}""")]
    [InlineData("""{"tranId": 5, "entity": "ACC-1008", "subsidiary": "DE01", "amount": 5, "currency": "EUR"}""")]
    [InlineData("""{"tranId": "INV-1", "entity": "ACC-1008", "subsidiary": "DE01", "amount": "much", "currency": "EUR"}""")]
    [InlineData("""{"tranId": "INV-1", "entity": "ACC-1008", "subsidiary": "DE01", "amount": {}, "currency": "EUR"}""")]
    public async Task A_malformed_document_is_a_bad_request(string body)
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var answer = await company.Replay("/erp/invoices", body, "k1");

        Assert.Equal((400, "MALFORMED"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_good_invoice_is_recorded_read_back_and_told_to_the_console()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);

        var answer = await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k1");

        Assert.Equal((201, "posted"), (answer.Status, Text(answer, "state")));
        Assert.Equal(200, await company.Look("/erp/invoices/INV-1"));
        await Wait.Until(() => console.Said("invoice", "INV-1", "netsuite") is ["succeeded posted"]);
    }

    [Fact]
    public async Task Fifty_equal_requests_at_once_make_one_record_and_get_one_answer()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        var body = new InvoiceSample().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => company.Replay("/erp/invoices", body, "k1", i)));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers, answer => !answer.Repeated);
        Assert.Single(answers.Select(answer => answer.Body.ToJsonString()).Distinct());
        var erp = (await company.Status())["erp"]!;
        Assert.Equal(1, erp["records"]!["invoice"]!.GetValue<int>());
        Assert.Equal((1, 50), (erp["appliedPerKey"]!["k1"]!["applied"]!.GetValue<int>(), erp["appliedPerKey"]!["k1"]!["seen"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_key_that_made_a_record_is_refused_with_another_body()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k1");

        var other = await company.Replay("/erp/invoices", new InvoiceSample { Memo = "changed" }.ToString(), "k1");

        Assert.Equal((422, "IDEMPOTENCY_KEY_REUSED"), (other.Status, other.Code));
    }

    [Fact]
    public async Task The_same_invoice_under_another_key_is_no_second_record()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k1");

        var other = await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k2");

        Assert.Equal((409, "ALREADY_EXISTS"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_key_is_known_after_a_restart()
    {
        await using var console = await ConsoleSink.Start();
        var body = new InvoiceSample().ToString();
        string folder;
        await using (var first = await OpenCompany.Start(console))
        {
            folder = first.Folder;
            await first.Replay("/erp/invoices", body, "k1");
        }

        await using var second = await OpenCompany.Start(console, folder);
        var again = await second.Replay("/erp/invoices", body, "k1");

        Assert.Equal((201, true), (again.Status, again.Repeated));
    }

    [Fact]
    public async Task An_ERP_that_is_down_says_when_to_come_again()
    {
        await using var console = await ConsoleSink.Start();
        await using var company = await OpenCompany.Start(console);
        await company.Control(new { erp = "down" });

        var down = await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k1");
        await company.Control(new { erp = "up" });
        var up = await company.Replay("/erp/invoices", new InvoiceSample().ToString(), "k1");

        Assert.Equal((503, "unavailable", 201), (down.Status, Text(down, "category"), up.Status));
    }

    private static string? Text(OpenCompany.Answer answer, string field) => answer.Body[field]?.GetValue<string>();
}
