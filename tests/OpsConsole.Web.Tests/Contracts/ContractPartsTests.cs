using Bunit;
using OpsConsole.Contracts;
using OpsConsole.Web.Contracts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Contracts;

public class ContractPartsTests : PartContext
{
    [Fact]
    public void Fields_say_what_they_may_be_and_what_a_repair_may_do()
    {
        var fields = Render<ContractFields>(p => p.Add(c => c.Schema, """
            {"required":["amount"],"properties":{
              "amount":{"type":"number","exclusiveMinimum":0,"x-oc-financial":true},
              "terms":{"type":["string","null"],"x-oc-changeable":true,"x-oc-lookup":["NET30","NET60"]},
              "lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string","x-oc-changeable":false}}}}}}
            """));

        var rows = fields.FindAll("tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => cell.TextContent.Trim()))).ToList();

        Assert.Equal("Amount, required | number | above 0 | its owner decides | money", rows[0]);
        Assert.Equal("Terms | text or empty | NET30 · NET60 | changeable |", rows[1].TrimEnd());
        Assert.Contains(rows, row => row.StartsWith("Sku | text |", StringComparison.Ordinal) && row.Contains("locked", StringComparison.Ordinal));
        Assert.Contains("1 of ", fields.Find(".more").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_version_is_compared_with_the_one_in_force_and_put_in_force_again()
    {
        var asked = 0;
        var versions = Render<ContractVersions>(p => p
            .Add(c => c.Versions, [Row(2, """{"minProperties":2}""", true), Row(1, """{"minProperties":1}""", false)]).Add(c => c.CanManage, true).Add(c => c.PutInForce, number => asked = number));

        versions.FindAll("li")[1].QuerySelectorAll("button").Single(button => button.TextContent == "Compare").Click();
        versions.FindAll("li")[1].QuerySelectorAll("button").Single(button => button.TextContent == "Put in force").Click();

        Assert.Contains("\"minProperties\": 1", versions.Find(".dff .m").TextContent, StringComparison.Ordinal);
        Assert.Contains("\"minProperties\": 2", versions.Find(".dff .p").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_sample_that_does_not_fit_says_where()
    {
        var tried = "";
        var trial = Render<ContractTrial>(p => p.Add(c => c.Tried, new TriedContract(false, [new SchemaFault("/amount", "must be above 0")])).Add(c => c.Try, sample => tried = sample));

        trial.Find("textarea").Input("{}");
        trial.Find("button").Click();

        Assert.Equal("{}", tried);
        Assert.Contains("/amount must be above 0", trial.Find("[data-testid=tried] li").TextContent, StringComparison.Ordinal);
    }

    private static ContractVersionRow Row(int number, string text, bool inForce) => new(number, text, "", HandClock.Noon, "Root", inForce);
}
