using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Billing;

/// <summary>Billing: its accounts and invoices, and the desk where accounts come in.</summary>
internal sealed record BillingSystem(Ledger Ledger, DocumentDesk Desk);
