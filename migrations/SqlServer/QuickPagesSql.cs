namespace OpsConsole.Migrations.SqlServer;

/// <summary>The SQL of the migration <c>QuickPages</c> that no model describes.</summary>
internal static class QuickPagesSql
{
    /// <summary>Transactions that were folded before their progress was kept with them learn it from their milestones.</summary>
    public const string TellProgress =
        """
        UPDATE t SET [Progress] = told.[Progress]
        FROM transactions AS t
        JOIN (SELECT m.[TransactionKey], STRING_AGG(CAST(CASE WHEN m.[ReachedAt] IS NULL THEN N'.' WHEN m.[ReceivedAt] > m.[DueAt] THEN N'l' ELSE N'r' END AS nvarchar(max)), N'') WITHIN GROUP (ORDER BY m.[Ordinal]) AS [Progress]
              FROM transaction_milestones AS m GROUP BY m.[TransactionKey]) AS told ON told.[TransactionKey] = t.[Key]
        WHERE LEN(told.[Progress]) <= 64;
        """;
}
