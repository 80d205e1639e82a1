namespace OpsConsole.Migrations.Postgres;

/// <summary>The SQL of the migration <c>QuickPages</c> that no model describes.</summary>
internal static class QuickPagesSql
{
    /// <summary>Transactions that were folded before their progress was kept with them learn it from their milestones.</summary>
    public const string TellProgress =
        """
        UPDATE transactions SET "Progress" = told.progress
        FROM (SELECT m."TransactionKey", string_agg(CASE WHEN m."ReachedAt" IS NULL THEN '.' WHEN m."ReceivedAt" > m."DueAt" THEN 'l' ELSE 'r' END, '' ORDER BY m."Ordinal") AS progress
              FROM transaction_milestones m GROUP BY m."TransactionKey") told
        WHERE told."TransactionKey" = transactions."Key" AND length(told.progress) <= 64;
        """;

    /// <summary>
    /// An index over the trigrams of exceptions' labels, so that part of a name is found in milliseconds. A server that does not have the
    /// extension, or does not permit it, finds the same without it, only later.
    /// </summary>
    public const string AddNameSearch =
        """
        DO $search$
        DECLARE
            home text;
        BEGIN
            BEGIN
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
            EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
                RAISE NOTICE 'No index for parts of names: %', SQLERRM;
            END;
            SELECT quote_ident(n.nspname) INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
            IF home IS NOT NULL THEN
                EXECUTE format('CREATE INDEX IF NOT EXISTS "IX_cases_label_trigrams" ON cases USING gin (lower("ObjectLabel") %s.gin_trgm_ops)', home);
            END IF;
        END $search$;
        """;

    /// <summary>The extension stays: something else may use it by now.</summary>
    public const string DropNameSearch = """DROP INDEX IF EXISTS "IX_cases_label_trigrams";""";
}
