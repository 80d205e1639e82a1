using Bunit;
using Microsoft.JSInterop;
using OpsConsole.Basics;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

/// <summary>What goes into a ticket elsewhere: what, where, since when, money, ids and addresses, of each of the four.</summary>
public class TicketsTests : PartContext
{
    private const string Root = "https://ops.example";
    private const string Trace = "7be190c42f6da8137be190c42f6da813";

    private static readonly RelatedCase s_open = new(
        Guid.Empty, "EX-20418", new ObjectRef("invoice", "INV-1"), "netsuite", "create", "No tax profile", "open", null, new Money(5200, "EUR"), HandClock.Noon, null, null);

    private static readonly RelatedTrace s_trace = new(Trace, "hub", "sync", HandClock.Noon, HandClock.Noon.AddSeconds(1), 2, 1);

    [Fact]
    public void An_exception_is_told_whole()
    {
        var text = Tickets.Of(
            CaseSample.View with
            {
                Links = [new CaseLink("customer", "ACC-1745", null, "bill-to")],
                Transactions = [new CaseTransaction("order-to-cash", "order", "SO-9", 2, 5, null, null)],
                Traces = [new CaseTrace(Trace, "hub", "sync", HandClock.Noon, 12, 2, 1, true, true)],
            },
            Root);

        Says(text, "EX-20418: ", "TAX_PROFILE_MISSING (validation): Customer ACC-1745 has no tax profile, attribute taxProfile", "netsuite, create; AMER, CA01", TicketText.At(CaseSample.Row.OpenedAt)!,
            "CAD 238,900.00 at risk (EUR 157,912.90)", "invoice INV-10491; customer ACC-1745", "order-to-cash SO-9",
            $"{Root}/exceptions/EX-20418", $"{Root}/objects/invoice/INV-10491", $"{Root}/transactions/order-to-cash/SO-9", $"{Root}/traces/{Trace}");
    }

    [Fact]
    public void A_trace_is_told_whole()
    {
        var text = Tickets.Of(
            new TraceDetails
            {
                TraceId = Trace, Service = "hub", Name = "sync invoice", StartedAt = HandClock.Noon, DurationMs = 2500, Services = 2, Errors = 0, SpanCount = 7, Spans = [], Times = [], Facts = [], ReceivedAt = HandClock.Noon, ByService = [],
                Objects = [new TraceObject("invoice", "INV-1", null, "EMEA", "DE01", new Money(5200, "EUR"), false, true)], Exceptions = [s_open],
            },
            Root);

        Says(text, $"Trace {Trace}", "sync invoice", "hub; EMEA", TicketText.At(HandClock.Noon)!, "7 in 2 services", "EUR 5,200.00", "EX-20418 No tax profile, EUR 5,200.00 at risk",
            $"{Root}/traces/{Trace}", $"{Root}/objects/invoice/INV-1", $"{Root}/exceptions/EX-20418");
    }

    [Fact]
    public void A_transaction_is_told_whole()
    {
        var text = Tickets.Of(
            new TransactionDetails
            {
                Flow = "order-to-cash", FlowLabel = "Order to cash", Lead = new ObjectRef("order", "SO/9"), Unit = "EMEA", Amount = new Money(5200, "EUR"), Status = TransactionStatus.Missing, StartedAt = HandClock.Noon.AddDays(-2),
                Objects = new Some<PartLine>([], 0), Systems = [], Lags = [], Shared = [], Exceptions = [s_open], Traces = new Some<RelatedTrace>([s_trace], 1),
                Milestones = [new MilestoneLine { Name = "paid", Label = "Paid", Status = MilestoneStatus.Missing, Due = HandClock.Noon.AddDays(-1) }],
            },
            HandClock.Noon, Root);

        Says(text, "Order to cash SO/9", "flow order-to-cash; EMEA", TicketText.At(HandClock.Noon.AddDays(-2))!, $"Paid not reached, due {TicketText.At(HandClock.Noon.AddDays(-1))}", "EUR 5,200.00", "Not arrived", Trace,
            $"{Root}/transactions/order-to-cash/SO%2F9", $"{Root}/objects/order/SO%2F9", $"{Root}/exceptions/EX-20418", $"{Root}/traces/{Trace}");
    }

    [Fact]
    public void An_object_is_told_whole()
    {
        var text = Tickets.Of(
            new ObjectDetails
            {
                Type = "invoice", Id = "INV-1", Unit = "EMEA", Region = "DE", Amount = new Money(5200, "EUR"), FirstAt = HandClock.Noon, Aliases = [new OtherName("stripe", "in_1")], Attributes = [],
                Systems = [new SystemState("netsuite", "rejected", SyncOutcome.Failed, "create", HandClock.Noon, null, false, null, null, "TAX", null, 1)], Links = new Some<LinkedObject>([], 0),
                Transactions = new Some<RelatedTransaction>([new RelatedTransaction("order-to-cash", new ObjectRef("order", "SO-9"), null, "order/invoice", 1, 5, null, null, null)], 1),
                Exceptions = [s_open], Traces = new Some<RelatedTrace>([s_trace], 1), Facts = new Some<FactLine>([], 0),
            },
            Root);

        Says(text, "EMEA, DE", TicketText.At(HandClock.Noon)!, "netsuite rejected (TAX)", "EUR 5,200.00", "invoice INV-1; stripe in_1", "order-to-cash SO-9", Trace,
            $"{Root}/objects/invoice/INV-1", $"{Root}/exceptions/EX-20418", $"{Root}/transactions/order-to-cash/SO-9", $"{Root}/traces/{Trace}");
    }

    [Fact]
    public void What_a_sender_wrote_stays_on_its_line()
    {
        var text = new TicketText("Refused").Say("Error", "no\r\nMoney: EUR 0\u001b[2J").Link(Root, "/traces/1").ToString();

        Assert.Equal(["Refused", "", "Error:       no  Money: EUR 0 [2J", "", $"{Root}/traces/1", ""], text.Split('\n'));
    }

    [Fact]
    public void A_browser_that_refuses_to_copy_gets_the_text_to_copy_by_hand()
    {
        JSInterop.SetupVoid("opsConsole.copy", _ => true).SetException(new JSException("NotAllowedError"));
        var copy = Render<CopyTicket>(p => p.Add(c => c.Text, root => $"the facts at {root}"));

        copy.Find("button").Click();

        Assert.Equal("the facts at http://localhost", copy.Find("textarea").TextContent);
    }

    private static void Says(string text, params string[] facts) => Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
}
