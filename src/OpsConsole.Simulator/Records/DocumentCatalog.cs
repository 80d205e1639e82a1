namespace OpsConsole.Simulator.Records;

/// <summary>Every kind of document that goes to the ERP or to billing. To add one: an entry here, a mapping in the middleware, its rules in the receiver.</summary>
internal static class DocumentCatalog
{
    private static readonly (string Field, string Type, string? Role) s_billTo = ("entity", "customer", "bill-to");

    public static readonly DocumentKind Customer = new()
    {
        Type = "customer", Service = "erp", Path = "customers", IdField = "entityId", TakenState = "active",
        Required = ["entityId", "name", "subsidiary", "currency"],
        Attributes = ["name", "vatNumber", "taxProfile", "paymentTerms", "currency"],
    };

    public static readonly DocumentKind Order = new()
    {
        Type = "order", Service = "erp", Path = "orders", IdField = "tranId", TakenState = "ordered",
        Required = ["tranId", "entity", "subsidiary", "amount", "currency"],
        Attributes = ["customerName", "product", "paymentTerms", "amount"],
        Links = [s_billTo],
    };

    public static readonly DocumentKind Project = new()
    {
        Type = "project", Service = "erp", Path = "projects", IdField = "projectId", TakenState = "open",
        Required = ["projectId", "entity", "subsidiary", "amount", "currency"],
        Attributes = ["customerName", "product", "paymentTerms", "amount"],
        Links = [s_billTo],
    };

    public static readonly DocumentKind Invoice = new()
    {
        Type = "invoice", Service = "erp", Path = "invoices", IdField = "tranId", TakenState = "posted",
        Required = ["tranId", "entity", "subsidiary", "amount", "currency"],
        Attributes = ["customerName", "taxProfile", "paymentTerms", "product", "amount"],
        Links = [s_billTo, ("order", "order", null), ("project", "project", null)],
    };

    public static readonly DocumentKind Payment = new()
    {
        Type = "payment", Service = "erp", Path = "payments", IdField = "paymentId", Operation = "apply", TakenState = "applied",
        Required = ["paymentId", "invoice", "subsidiary", "amount", "currency"],
        Attributes = ["customerName", "amount"],
        Links = [("invoice", "invoice", null), ("entity", "customer", "payer")],
    };

    public static readonly DocumentKind BillingAccount = new()
    {
        Type = "billing-account", Service = "billing", Path = "accounts", IdField = "accountId", TakenState = "active",
        Required = ["accountId", "entity", "subsidiary", "currency", "email"],
        Attributes = ["customerName", "paymentTerms", "currency", "email"],
        Links = [("entity", "customer", "holder")],
    };

    public static readonly IReadOnlyList<DocumentKind> All = [Customer, Order, Project, Invoice, Payment, BillingAccount];

    public static IEnumerable<DocumentKind> Of(string service) => All.Where(kind => kind.Service == service);

    public static DocumentKind? Find(string type) => All.FirstOrDefault(kind => kind.Type == type);
}
