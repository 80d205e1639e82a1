using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class SystemsTableTests
{
    [Fact]
    public void The_one_that_refused_stands_against_the_one_that_had_it_first()
    {
        var table = SystemsTable.Of(
            [CaseSample.Says("netsuite", SyncOutcome.Failed, 1, ("terms", "NET45")), CaseSample.Says("salesforce", SyncOutcome.Succeeded, 9, ("terms", "NET30"))],
            [new AttributeRow("terms", true, false)]);

        Assert.Equal(["salesforce", "netsuite"], table.Columns.Select(column => column.System));
        Assert.Equal([("NET30", false), ("NET45", true)], table.Rows.Single(row => row.Name == "terms").Cells.Select(cell => (cell.Text, cell.Differs)));
    }

    [Fact]
    public void What_most_say_is_not_marked()
    {
        var table = SystemsTable.Of(
            [
                CaseSample.Says("crm", SyncOutcome.Succeeded, 9, ("vat", "1")), CaseSample.Says("billing", SyncOutcome.Succeeded, 8, ("vat", "2")),
                CaseSample.Says("erp", SyncOutcome.Succeeded, 7, ("vat", "2")),
            ],
            [new AttributeRow("vat", true, false)]);

        Assert.Equal([true, false, false], table.Rows.Single(row => row.Name == "vat").Cells.Select(cell => cell.Differs));
    }

    [Fact]
    public void Where_the_owner_is_known_the_others_are_measured_by_it_though_most_say_otherwise()
    {
        var table = SystemsTable.Of(
            [
                CaseSample.Says("crm", SyncOutcome.Succeeded, 9, ("vat", "1")), CaseSample.Says("billing", SyncOutcome.Succeeded, 8, ("vat", "2")),
                CaseSample.Says("erp", SyncOutcome.Succeeded, 7, ("vat", "2")),
            ],
            [new AttributeRow("vat", true, false)], new Dictionary<string, string> { ["vat"] = "crm" });

        var row = table.Rows.Single(row => row.Name == "vat");
        Assert.True(row.Owned);
        Assert.Equal([(true, false), (false, true), (false, true)], row.Cells.Select(cell => (cell.Owns, cell.Differs)));
    }

    [Fact]
    public void What_a_system_never_said_is_not_kept_and_not_a_difference()
    {
        var table = SystemsTable.Of(
            [CaseSample.Says("crm", SyncOutcome.Succeeded, 9, ("vat", "1")), CaseSample.Says("erp", SyncOutcome.Failed, 1)], [new AttributeRow("vat", false, false)]);

        var cell = table.Rows.Single(row => row.Name == "vat").Cells[1];

        Assert.Equal((false, false), (cell.Kept, cell.Differs));
    }

    [Fact]
    public void An_empty_value_that_the_error_names_is_marked_even_when_nobody_else_keeps_it()
    {
        var table = SystemsTable.Of([CaseSample.Says("erp", SyncOutcome.Failed, 1, ("taxProfile", null))], [new AttributeRow("taxProfile", false, true)]);

        Assert.True(table.Rows.Single(row => row.Name == "taxProfile").Cells.Single().Differs);
    }
}
