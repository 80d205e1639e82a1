using OpsConsole.Web.Routing;

namespace OpsConsole.Web.Tests.Routing;

public class RuleDraftTests
{
    [Fact]
    public void What_is_left_empty_holds_for_everything()
    {
        var body = new RuleDraft { Name = " All invoices ", EntityType = "invoice", Unit = " ", Queue = "ar-invoices", DueHours = "8" }.ToBody();

        Assert.Equal(("All invoices", "invoice", null, "ar-invoices", 8.0), (body?.Name, body?.EntityType, body?.Unit, body?.Queue, body?.DueHours));
    }

    [Fact]
    public void A_new_queue_gets_a_code_of_its_name()
    {
        var body = new RuleDraft { Name = "Large", Queue = RuleDraft.NewQueueChoice, NewQueue = "Große Beträge / EMEA" }.ToBody();

        Assert.Equal(("gro-e-betr-ge-emea", "Große Beträge / EMEA"), (body?.Queue, body?.QueueLabel));
    }

    [Theory]
    [InlineData("", "q", "24", null, "Give the rule a name.")]
    [InlineData("n", "", "24", null, "Choose a queue.")]
    [InlineData("n", "q", "0", null, "Due within: a number of hours above zero.")]
    [InlineData("n", "q", "24", "much", "The amount is not a number.")]
    public void What_is_missing_is_said(string name, string queue, string hours, string? amount, string said)
    {
        var draft = new RuleDraft { Name = name, Queue = queue, DueHours = hours, AmountAtLeast = amount };

        Assert.Null(draft.ToBody());
        Assert.Equal(said, draft.Fault);
    }
}
