using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Privacy;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Privacy;

/// <summary>What retention and erasure would send to SQL Server, without one.</summary>
public class PrivacyInTsqlTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_class_is_swept_by_statements_that_it_understands()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();
        Guid[] keys = [Guid.NewGuid(), Guid.NewGuid()];

        foreach (var one in RetentionClass.All.Where(one => one.Sweep is not null))
        {
            await one.Sweep!(db, SyncSample.Noon, default);
        }

        await RetentionSweep.DeleteCases(db, keys, default);
        await RetentionSweep.DeleteObjects(db, keys, SyncSample.Noon, default);

        Tell(tape);
        Assert.True(tape.Said.Count > 22, $"only {tape.Said.Count}");
        Assert.Contains(tape.Said, said => said.Sql.Contains("TOP(", StringComparison.Ordinal) && said.Sql.Contains("[legal_holds]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_is_looked_for_by_statements_that_it_understands()
    {
        var tape = new SqlServerTape();
        await using var db = tape.Open();

        var found = await new SubjectWalk(db, new ContractShelf(), ["anna.lind@example.org"], new byte[32], erase: true).Run(default);
        await db.Dialect.ForgetRows(db, "object_states", nameof(ObjectState.ObjectKey), Guid.NewGuid(), default);

        Tell(tape);
        Assert.Equal(0, found.Total);
        Assert.Contains(tape.Said, said => said.Sql.Contains("DELETE FROM [past_object_states_was] WHERE [ObjectKey]", StringComparison.Ordinal));
        Assert.Contains(tape.Said, said => said.Sql.Contains("LIKE", StringComparison.Ordinal) && said.Sql.Contains("[logs]", StringComparison.Ordinal));
    }

    private void Tell(SqlServerTape tape) => tape.Said.ForEach(said => output.WriteLine(said.Sql));
}
