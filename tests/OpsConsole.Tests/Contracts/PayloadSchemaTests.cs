using System.Text.Json;
using OpsConsole.Contracts;

namespace OpsConsole.Tests.Contracts;

public class PayloadSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "5", " must be a text")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":"integer"}""", "5.0", null)]
    [InlineData("""{"type":"integer"}""", "5.5", " must be a whole number")]
    [InlineData("""{"minimum":0.01}""", "0.01", null)]
    [InlineData("""{"minimum":0.01}""", "0.009", " must be at least 0.01")]
    [InlineData("""{"exclusiveMinimum":0}""", "0", " must be above 0")]
    [InlineData("""{"maximum":100}""", "100.000000000000000000001", " must be at most 100")]
    [InlineData("""{"multipleOf":0.01}""", "19.999", " must be a multiple of 0.01")]
    [InlineData("""{"minLength":1}""", "\"\"", " must not be empty")]
    [InlineData("""{"maxLength":2}""", "\"𝄞𝄞\"", null)]
    [InlineData("""{"pattern":"^INV-[0-9]+$"}""", "\"INV-x\"", " must match ^INV-[0-9]+$")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", " must be a date like 2026-10-31")]
    [InlineData("""{"format":"email"}""", "\"a@b.example\"", null)]
    [InlineData("""{"enum":["NET30","NET60"]}""", "\"30 DAYS NET\"", " must be one of NET30, NET60")]
    [InlineData("""{"const":5200}""", "5200.00", null)]
    [InlineData("""{"required":["a"]}""", "{}", "/a is required")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a is not foreseen in the contract")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "/b is not foreseen in the contract")]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}}}""", """{"xa":"1"}""", "/xa must be a number")]
    [InlineData("""{"propertyNames":{"pattern":"^[a-z]+$"}}""", """{"A":1}""", "/A has a name that the contract does not take")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "/b is required where there is a")]
    [InlineData("""{"items":{"type":"object","required":["qty"]},"minItems":1}""", """[{"qty":1},{}]""", "/1/qty is required")]
    [InlineData("""{"minItems":1}""", "[]", " must have at least 1 elements")]
    [InlineData("""{"prefixItems":[{"type":"number"}],"items":{"type":"string"}}""", """[1,2]""", "/1 must be a text")]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", " must not hold the same element twice")]
    [InlineData("""{"contains":{"const":"x"}}""", """["y"]""", " holds 0 of the elements that are wanted, must hold at least 1")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", " must be at most 2")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "4", " must be a text")]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":9}]}""", "5", " fits more than one of the alternatives, must fit one")]
    [InlineData("""{"not":{"const":0,"description":"must not be zero"}}""", "0", " must not be zero")]
    [InlineData("""{"if":{"properties":{"c":{"const":"JPY"}}},"then":{"properties":{"a":{"multipleOf":1}}}}""", """{"c":"JPY","a":1.5}""", "/a must be a multiple of 1")]
    [InlineData("""{"$ref":"#/$defs/money","$defs":{"money":{"type":"number"}}}""", "\"5\"", " must be a number")]
    public void Each_keyword_says_what_would_be_right(string schema, string payload, string? fault) =>
        Assert.Equal(fault, Check(schema, payload).Select(one => $"{one.Pointer} {one.Wanted}").FirstOrDefault());

    [Theory]
    [InlineData("""{"maxlength":5}""", "schema/maxlength: is a keyword")]
    [InlineData("""{"properties":{"a":{"unevaluatedProperties":false}}}""", "schema/properties/a/unevaluatedProperties: is a keyword")]
    [InlineData("""{"properties":{"a":{"x-oc-changable":true}}}""", "schema/properties/a/x-oc-changable: is not known")]
    [InlineData("""{"$ref":"https://example.com/x.json"}""", "schema/$ref: must point into this schema")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "schema/$ref: names /$defs/none")]
    [InlineData("""{"type":"decimal"}""", "schema/type: must be one or several of")]
    [InlineData("""{"pattern":"(?=x)"}""", "schema/pattern: must be a regular expression without")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "schema/$schema: must be https://json-schema.org/draft/2020-12/schema")]
    [InlineData("""[]""", "schema: must be an object")]
    [InlineData("""{""", "schema: is not JSON")]
    public void What_would_not_be_checked_is_refused(string schema, string said) => Assert.StartsWith(said, PayloadSchema.Read(schema).Refusal?.Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_stands_twice_is_a_fault() => Assert.Equal(new SchemaFault("/a", "stands there twice"), Assert.Single(Check("{}", """{"a":1,"a":2}""")));

    [Fact]
    public void A_lookup_holds_by_what_another_field_says()
    {
        const string schema = """{"properties":{"tax":{"type":["string","null"],"x-oc-lookup":{"by":"/sub","values":{"DE01":[{"value":"DE-VAT19","label":"19 %"},"DE-VAT7"]}}}}}""";

        Assert.Equal("must be one of DE-VAT19 (19 %), DE-VAT7", Assert.Single(Check(schema, """{"sub":"DE01","tax":"FR-VAT20"}""")).Wanted);
        Assert.Empty(Check(schema, """{"sub":"DE01","tax":"DE-VAT7"}"""));
        Assert.Empty(Check(schema, """{"sub":"DE01","tax":null}"""));
        Assert.Empty(Check(schema, """{"sub":"ZZ99","tax":"whatever"}"""));
    }

    [Fact]
    public void A_schema_that_means_itself_ends() =>
        Assert.Empty(Check("""{"type":"object","properties":{"next":{"$ref":"#"}}}""", """{"next":{"next":{"next":{}}}}"""));

    [Fact]
    public void A_schema_that_is_itself_is_told_and_not_followed_for_ever() =>
        Assert.Contains("too deeply", Assert.Single(Check("""{"$ref":"#"}""", "1")).Wanted, StringComparison.Ordinal);

    [Fact]
    public void Fields_have_their_parents_tags_and_their_references_bounds()
    {
        var schema = PayloadSchema.Read("""
            {"properties":{"lines":{"type":"array","x-oc-changeable":true,"items":{"type":"object","required":["amount"],
              "properties":{"amount":{"title":"Net amount","$ref":"#/$defs/money"},"sku":{"x-oc-changeable":false}}}}},
             "$defs":{"money":{"type":"number","minimum":0,"x-oc-financial":true}}}
            """).Value!;

        var amount = schema.Field("/lines/3/amount")!;

        Assert.Equal(("Net amount", "0", true, (bool?)true, true), (amount.Title, amount.Said("minimum"), amount.Required, amount.Tags.Changeable, amount.Tags.Financial));
        Assert.Equal(false, schema.Field("/lines/0/sku")!.Tags.Changeable);
        Assert.Null(schema.Field("/lines/0/colour"));
    }

    private static IReadOnlyList<SchemaFault> Check(string schema, string payload)
    {
        var read = PayloadSchema.Read(schema);
        Assert.True(read.Accepted, read.Refusal?.Message);
        using var json = JsonDocument.Parse(payload);
        return read.Value.Check(json.RootElement);
    }
}
