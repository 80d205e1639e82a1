using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Paperwork;

/// <summary>Whose word counts in this company: sales keeps customers and what was agreed, billing keeps what was paid, and Asia keeps its taxes in the ERP.</summary>
internal static class OwnershipSheet
{
    private static readonly (string Entity, string Attribute, string Unit, string Owner, string Note)[] s_cells =
    [
        ("customer", "*", "*", "salesforce", "Sales keeps its customers."),
        ("customer", "taxProfile", "APAC", "netsuite", "The tax office of APAC works in the ERP."),
        ("customer", "paymentTerms", "AMER", "netsuite", "Credit control of AMER works in the ERP."),
        ("order", "*", "*", "salesforce", "An order is what sales has agreed."),
        ("project", "*", "*", "salesforce", "A project is what sales has agreed."),
        ("invoice", "amount", "*", "stripe", "Billing reckons what is owed."),
        ("invoice", "currency", "*", "stripe", "Billing reckons what is owed."),
        ("invoice", "taxProfile", "*", "salesforce", "It is the customer's."),
        ("invoice", "taxProfile", "APAC", "netsuite", "The tax office of APAC works in the ERP."),
        ("invoice", "paymentTerms", "*", "salesforce", "They are the customer's."),
        ("invoice", "customerName", "*", "salesforce", "Sales keeps its customers."),
        ("invoice", "product", "*", "salesforce", "An order is what sales has agreed."),
        ("invoice", "entity", "*", "salesforce", "Sales keeps its customers."),
        ("invoice", "memo", "*", "netsuite", "A note of the books."),
        ("payment", "*", "*", "stripe", "Billing takes the money."),
        ("billing-account", "*", "*", "salesforce", "Sales keeps its customers."),
        ("billing-account", "email", "*", "stripe", "Where invoices go is billing's matter."),
    ];

    /// <summary>The body of <c>PUT /api/v1/ownership</c>.</summary>
    public static JsonObject Body() => new()
    {
        ["cells"] = new JsonArray([.. s_cells.Select(cell => new JsonObject
        {
            ["entity"] = cell.Entity, ["attribute"] = cell.Attribute, ["unit"] = cell.Unit, ["owner"] = cell.Owner, ["note"] = cell.Note,
        })]),
    };
}
