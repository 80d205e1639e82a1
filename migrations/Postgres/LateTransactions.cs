namespace OpsConsole.Migrations.Postgres;

/// <summary>Transactions that were folded before lateness was kept with them learn it from their milestones (migration QueriesAtSize).</summary>
internal static class LateTransactions
{
    public const string Tell = "UPDATE transactions SET \"Late\" = TRUE WHERE EXISTS (SELECT 1 FROM transaction_milestones AS m WHERE m.\"TransactionKey\" = transactions.\"Key\" AND m.\"ReachedAt\" IS NOT NULL AND m.\"ReceivedAt\" > m.\"DueAt\");";
}
