using System.Text.RegularExpressions;
using Npgsql;

namespace OpsConsole.Bench.Queries;

/// <summary>Statements written by hand, sent in one round trip, prepared, every column of every row read: what the same answer costs without the console.</summary>
internal sealed partial class BareSql(string text)
{
    /// <param name="connection">Kept open, so that statements stay prepared.</param>
    /// <returns>The first column of the first row of each statement, for comparison.</returns>
    public async Task<IReadOnlyList<object?>> Run(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in Statements().Split(text))
        {
            if (!string.IsNullOrWhiteSpace(statement))
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }
        }

        await batch.PrepareAsync();
        await using var reader = await batch.ExecuteReaderAsync();
        var firsts = new List<object?>();
        do
        {
            firsts.Add(await ReadAll(reader));
        }
        while (await reader.NextResultAsync());

        return firsts;
    }

    private static async Task<object?> ReadAll(NpgsqlDataReader reader)
    {
        object? first = null;
        var values = new object[reader.FieldCount];
        for (var row = 0; await reader.ReadAsync(); row++)
        {
            reader.GetValues(values);
            first = row == 0 ? values[0] : first;
        }

        return first;
    }

    [GeneratedRegex(@";\s*\n")]
    private static partial Regex Statements();
}
