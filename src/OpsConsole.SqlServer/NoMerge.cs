using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.EntityFrameworkCore.SqlServer.Update.Internal;
using Microsoft.EntityFrameworkCore.Update;

namespace OpsConsole.SqlServer;

/// <summary>Inserts that SaveChanges gathers stay inserts: EF would make one MERGE of several whose numbers the database gives.</summary>
[SuppressMessage("Usage", "EF1001:Internal EF Core API usage.", Justification = "There is no setting for it. SqlServerStatementsTests reads what comes out.")]
internal sealed class NoMerge(UpdateSqlGeneratorDependencies dependencies) : SqlServerUpdateSqlGenerator(dependencies)
{
    public override ResultSetMapping AppendBulkInsertOperation(
        StringBuilder commandStringBuilder, IReadOnlyList<IReadOnlyModificationCommand> modificationCommands, int commandPosition, out bool requiresTransaction)
    {
        ArgumentNullException.ThrowIfNull(modificationCommands);
        if (modificationCommands[0].ColumnModifications.All(column => !column.IsRead))
        {
            return base.AppendBulkInsertOperation(commandStringBuilder, modificationCommands, commandPosition, out requiresTransaction);
        }

        requiresTransaction = modificationCommands.Count > 1;
        var mapping = ResultSetMapping.NoResults;
        foreach (var command in modificationCommands)
        {
            mapping = AppendInsertOperation(commandStringBuilder, command, commandPosition++, out var needsOne);
            requiresTransaction |= needsOne;
        }

        return mapping;
    }
}
