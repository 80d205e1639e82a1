using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

public class TelemetryVeilTests
{
    private const string Schema = """
        {"type":"object","properties":{"pin":{"type":"string","x-oc-secret":true},"bank":{"type":"object","x-oc-secret":true,"properties":{"iban":{"type":"string"}}},"terms":{"type":"string"}}}
        """;

    private static readonly VeiledFields s_secrets = new([PayloadSchema.Read(Schema).Value!], FieldClasses.Secret);

    [Theory]
    [InlineData("pin", true)]
    [InlineData("app.invoice.pin", true)]
    [InlineData("app.bank.iban", true)]
    [InlineData("terms", false)]
    [InlineData("app.pinned", false)]
    [InlineData("iban", true)]
    [InlineData("http.request.body", false)]
    public void What_a_contract_calls_secret_is_hidden_wherever_an_attribute_repeats_it(string name, bool hidden) =>
        Assert.Equal(hidden ? TelemetryVeil.Dots : "said", Shown(new TelemetryVeil(s_secrets, true), name));

    [Theory]
    [InlineData("http.request.body", true)]
    [InlineData("app.payload", true)]
    [InlineData("messaging.payload.ref", true)]
    [InlineData("http.request.body.size", true)]
    [InlineData("app.embodied", false)]
    [InlineData("error.type", false)]
    public void A_message_or_where_it_lies_is_hidden_from_who_may_not_read_messages(string name, bool hidden)
    {
        Assert.Equal(hidden ? TelemetryVeil.Dots : "said", Shown(new TelemetryVeil(VeiledFields.None, false), name));
        Assert.Equal("said", Shown(new TelemetryVeil(VeiledFields.None, true), name));
    }

    [Fact]
    public void What_is_compared_with_a_twin_is_hidden_on_both_sides()
    {
        var veil = new TelemetryVeil(s_secrets, true);

        Assert.Equal((TelemetryVeil.Dots, null), Compared(veil.Over(new AttributeComparison("erp", "post", "app.pin", "4711", null, AttributeMark.OnlyHere))));
        Assert.Equal(("30", "60"), Compared(veil.Over(new AttributeComparison("erp", "post", "terms", "30", "60", AttributeMark.Differs))));
    }

    private static (string?, string?) Compared(AttributeComparison one) => (one.Here, one.Healthy);

    private static string? Shown(TelemetryVeil veil, string name) => veil.Over(JsonElement.Parse($$"""{"other":1,"{{name}}":"said"}""")).GetProperty(name).GetString();
}
