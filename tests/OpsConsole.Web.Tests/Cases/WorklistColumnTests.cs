using OpsConsole.Cases;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class WorklistColumnTests
{
    private static readonly CountedCases s_each = new(new Dictionary<Guid, Guid>());

    [Fact]
    public void The_file_has_the_columns_of_the_screen_and_as_many_cells_as_heads()
    {
        var columns = WorklistColumn.Of("unit,risk,rank");

        Assert.Equal(["what", "rank", "unit", "risk"], columns.Select(column => column.Key));
        Assert.Equal(
            "exception,what happened,object type,object,called,rank,unit,legal entity,amount,currency,amount in EUR,rate of,counted in EUR\r\n", WorklistCsv.Head(columns, "EUR"));
        Assert.All(WorklistColumn.All, column => Assert.Equal(column.Heads.Count, column.Cells(CaseSample.Row).Count));
    }

    [Fact]
    public void Amounts_are_written_to_the_cent_of_their_currency_and_a_formula_is_text()
    {
        var row = CaseSample.Row with { Amount = 9_640_000.0000m, Currency = "JPY", Reporting = 58_900.40m, ObjectLabel = "=HYPERLINK(\"x\")" };

        var line = WorklistCsv.Line(WorklistColumn.Of("risk"), row, s_each);

        Assert.Equal("EX-20418,\"No tax profile, refused by NetSuite\",invoice,INV-10491,\"'=HYPERLINK(\"\"x\"\")\",9640000,JPY,58900.40,,58900.40\r\n", line);
    }

    [Fact]
    public void Of_two_exceptions_of_one_object_one_is_counted()
    {
        var carriers = new CountedCases(new Dictionary<Guid, Guid> { [CaseSample.Row.ObjectKey] = CaseSample.Row.Id });

        Assert.Equal((157_912.90m, 0m), (carriers.Of(CaseSample.Row), carriers.Of(CaseSample.Row with { Id = Guid.NewGuid() })));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("nonsense", null)]
    [InlineData("state,unit", "unit,state")]
    [InlineData("unit,risk,due,cause,holder,state", null)]
    public void An_address_names_only_columns_that_differ_from_the_usual_ones(string? keys, string? kept) => Assert.Equal(kept, WorklistColumn.Read(keys));
}
