using Microsoft.EntityFrameworkCore;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Tests.Storage;

public abstract class TogetherTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [StorageFact]
    public async Task Each_question_gets_its_own_rows_as_entities_columns_and_records()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        var order = Some("SO-1", 12.5m);
        db.Objects.AddRange(order, Some("SO-2", null));
        db.ObjectStates.Add(new ObjectState
        {
            ObjectKey = order.Key, System = "erp", State = "posted", Outcome = SyncOutcome.Failed, Operation = "create", Time = s_at, ReceivedAt = s_at, EventKey = new byte[32], Facts = 1,
        });
        await db.SaveChangesAsync();

        var together = new Together(db);
        var entities = together.Ask(db.Objects.AsNoTracking().Where(o => o.Key == order.Key));
        var columns = together.Ask(db.Objects.Where(o => o.Amount == null).Select(o => o.Id));
        var records = together.Ask(db.ObjectStates.Select(s => new { s.ObjectKey, s.Outcome, s.Time, s.Version, s.ErrorCode }));
        var none = together.Ask(db.Cases.AsNoTracking());
        Assert.Empty(entities);
        await together.Send(default);

        var read = Assert.Single(entities);
        Assert.Equal((order.Key, "order", "SO-1", 12.5m, "EUR", s_at, true), (read.Key, read.Type, read.Id, read.Amount, read.Currency, read.ReceivedAt, read.Disagrees));
        Assert.Equal(["SO-2"], columns);
        Assert.Equal((order.Key, SyncOutcome.Failed, s_at, null, null), records.Select(row => (row.ObjectKey, row.Outcome, row.Time, row.Version, row.ErrorCode)).Single());
        Assert.Empty(none);
    }

    [StorageFact]
    public async Task A_compiled_question_is_asked_with_the_parameters_of_each_time()
    {
        await using var database = await TBrand.Start();
        for (var round = 1; round <= 2; round++)
        {
            await using var db = database.CreateDbContext();
            db.Objects.Add(Some($"SO-{round}", round));
            await db.SaveChangesAsync();
            var questions = Questions<Compiled>.Of(db);
            var together = new Together(db);
            var known = together.Ask(questions.Known(db, $"SO-{round}", false, ["EMEA"]));
            var outside = together.Ask(questions.Known(db, $"SO-{round}", false, []));
            var plain = together.Ask(db.Objects.Where(o => o.Unit == "EMEA").Select(o => o.Id));
            var everything = together.Ask(questions.Known(db, $"SO-{round}", true, []));
            await together.Send(default);

            Assert.Equal((round, "EUR"), (known.Single().Amount, known.Single().Currency));
            Assert.Empty(outside);
            Assert.Equal(round, plain.Count);
            Assert.Equal($"SO-{round}", everything.Single().Id);
        }
    }

    [StorageFact]
    public async Task It_can_be_asked_again_and_takes_part_in_the_transaction()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Objects.Add(Some("SO-1", 1));
        await db.SaveChangesAsync();
        var together = new Together(db);

        for (var round = 0; round < 2; round++)
        {
            var ids = together.Ask(db.Objects.Select(o => o.Id));
            await together.Send(default);
            Assert.Equal(["SO-1"], ids);
        }
    }

    [StorageFact]
    public async Task A_type_that_other_columns_make_is_refused()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        var together = new Together(db);
        together.Ask(db.Objects.Select(o => new { o.Id, Whole = o }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => together.Send(default));
    }

    private sealed class Compiled
    {
        public Func<OpsDb, string, bool, string[], IEnumerable<BusinessObject>> Known { get; } =
            EF.CompileQuery((OpsDb db, string id, bool all, string[] units) => db.Objects.Where(o => o.Id == id && (all || units.Contains(o.Unit))));
    }

    private static BusinessObject Some(string id, decimal? amount) => new()
    {
        Key = Ids.OfObject("order", id), Type = "order", Id = id, Unit = "EMEA", Amount = amount, Currency = amount is null ? null : "EUR", ReceivedAt = s_at, Disagrees = true,
    };
}

public static class TogetherTests
{
    public sealed class On_postgres : TogetherTests<OnPostgres>;

    public sealed class On_sqlserver : TogetherTests<OnSqlServer>;
}
