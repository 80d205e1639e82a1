using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Erp;

/// <summary>The ERP: its books, and the desk where documents come in.</summary>
internal sealed record ErpSystem(Ledger Ledger, DocumentDesk Desk);
