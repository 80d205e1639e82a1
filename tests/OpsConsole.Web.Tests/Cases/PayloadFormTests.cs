using System.Text.Json;
using OpsConsole.Web.Cases;

namespace OpsConsole.Web.Tests.Cases;

public class PayloadFormTests
{
    private const string Payload = """{"tranId":"INV-1","amount":5200.00,"taxProfile":null,"rush":true,"lines":[{"sku":"A"}]}""";

    [Fact]
    public void Plain_fields_are_offered_and_nested_ones_counted()
    {
        Assert.Equal(["tranId", "amount", "taxProfile", "rush"], PayloadForm.Fields(Payload)!.Select(field => field.Name));
        Assert.Equal(1, PayloadForm.Nested(Payload));
    }

    [Fact]
    public void Setting_one_field_leaves_the_others_as_they_were_written()
    {
        var repaired = PayloadForm.Set(Payload, "taxProfile", "CA-ON-HST13", JsonValueKind.Null);

        Assert.Contains("\"taxProfile\": \"CA-ON-HST13\"", repaired, StringComparison.Ordinal);
        Assert.Contains("5200.00", repaired, StringComparison.Ordinal);
        Assert.Contains("\"sku\": \"A\"", repaired, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount", "99.90", JsonValueKind.Number, "99.90")]
    [InlineData("amount", "", JsonValueKind.Number, "null")]
    [InlineData("amount", "many", JsonValueKind.Number, "\"many\"")]
    [InlineData("rush", "false", JsonValueKind.True, "false")]
    [InlineData("tranId", "42", JsonValueKind.String, "\"42\"")]
    [InlineData("taxProfile", "", JsonValueKind.Null, "null")]
    public void A_value_stays_of_its_kind_where_it_can(string name, string text, JsonValueKind was, string written) =>
        Assert.Contains($"\"{name}\": {written}", PayloadForm.Set(Payload, name, text, was), StringComparison.Ordinal);

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("<invoice/>")]
    public void What_is_not_an_object_has_no_form(string payload) => Assert.Null(PayloadForm.Fields(payload));
}
