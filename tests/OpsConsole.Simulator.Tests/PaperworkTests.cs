using System.Text.Json.Nodes;
using OpsConsole.Simulator.Business;
using OpsConsole.Simulator.Conduct;
using OpsConsole.Simulator.Middleware;
using OpsConsole.Simulator.Paperwork;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Tests;

/// <summary>The contracts that the company hands to the console, against what its own people write.</summary>
public class PaperworkTests
{
    private static readonly DealMaker s_maker = new(7, FailureRates.None);

    // Payments are written by billing as it is paid, not by people.
    public static TheoryData<string> Kinds => [.. DocumentCatalog.All.Where(kind => kind != DocumentCatalog.Payment).Select(kind => kind.Type)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_contract_names_every_field_that_is_written_and_needs_none_that_is_not(string type)
    {
        var kind = DocumentCatalog.Find(type)!;
        var schema = ContractSheets.Of(kind)["schema"]!.AsObject();
        var named = schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();

        foreach (var document in Enumerable.Range(10_001, 50).SelectMany(number => Written(kind, s_maker.Make(number))))
        {
            Assert.All(document, field => Assert.Contains(field.Key, named));
            Assert.All(schema["required"]!.AsArray(), needed => Assert.NotNull(document[needed!.GetValue<string>()]));
        }
    }

    [Fact]
    public void What_the_receivers_refuse_by_value_is_picked_from_the_values_that_they_know()
    {
        var invoice = ContractSheets.Of(DocumentCatalog.Invoice)["schema"]!["properties"]!.AsObject();

        Assert.Equal(Company.PaymentTerms, invoice["paymentTerms"]!["x-oc-lookup"]!.AsArray().Select(terms => terms!.GetValue<string>()));
        Assert.All(Company.LegalEntities, entity => Assert.Equal(
            entity.TaxProfiles, invoice["taxProfile"]!["x-oc-lookup"]!["values"]![entity.Code]!.AsArray().Select(profile => profile!.GetValue<string>())));
        Assert.False(invoice["tranId"]!["x-oc-changeable"]!.GetValue<bool>());
    }

    private static IEnumerable<JsonObject> Written(DocumentKind kind, Deal deal)
    {
        JsonObject? written = kind.Type switch
        {
            "customer" => DealDocuments.CustomerOf(deal),
            "billing-account" => Mapping.AccountOf(DealDocuments.CustomerOf(deal)),
            "order" when deal.Flow is DealFlow.OrderToCash => DealDocuments.OrderOf(deal),
            "project" when deal.Flow is DealFlow.ProjectToBilling => DealDocuments.ProjectOf(deal),
            "invoice" when deal.Flow is not DealFlow.CustomerOnboarding => DealDocuments.InvoiceOf(deal),
            _ => null,
        };
        return written is null ? [] : [Mapping.Map(kind, written, default)];
    }
}
