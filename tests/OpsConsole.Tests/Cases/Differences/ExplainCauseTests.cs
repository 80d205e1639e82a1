using System.Diagnostics;
using OpsConsole.Cases.Differences;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Cases.Differences;

public abstract class ExplainCauseTests<TBrand>(ITestOutputHelper output)
    where TBrand : IDatabaseBrand
{
    private static readonly PlantedCause[] s_planted =
    [
        new("payload.taxCode", .94, invoice => invoice.Payload["taxCode"] = null),
        new("attributes.paymentTerms", .90, invoice => invoice.Attributes["paymentTerms"] = "NET90"),
        new("region", .97, invoice => invoice.MoveTo(region: "CA")),
        new("unit", .99, invoice => invoice.MoveTo(unit: "APAC")),
        new("event.dataschema", 1, invoice => invoice.Schema = "invoice/v7"),
        new("salesforce.vatId", .92, invoice => invoice.Customer["vatId"] = null),
        new("attributes.channel", .85, invoice => invoice.Attributes["channel"] = "marketplace"),
        new("legal entity", .95, invoice => invoice.MoveTo(entity: "DE01")),
        new("salesforce.accountType", .70, invoice => invoice.Customer["accountType"] = "reseller"),
        new("attributes.middleware", .96, invoice => invoice.Attributes["middleware"] = "4.2.0"),
    ];

    [StorageFact]
    public async Task Of_ten_causes_planted_among_twenty_thousand_exceptions_nine_are_found_among_the_first_three()
    {
        await using var world = await World.Start<TBrand>();
        await Plant(world, failed: 2_000, healthy: 20_000);

        var found = 0;
        foreach (var (planted, i) in s_planted.Select((planted, i) => (planted, i)))
        {
            var watch = Stopwatch.StartNew();
            var told = (await world.Send(new ExplainCause($"PLANTED_{i}", Staff.Ines))).Value!;
            var place = told.Differences.ToList().FindIndex(difference => difference.Field == planted.Field);
            output.WriteLine($"{planted.Field}: place {place + 1}, {told.Failed} against {told.Healthy} in {watch.ElapsedMilliseconds} ms. {(told.Differences is [var first, ..] ? first.Sentence : "nothing")}");
            found += place is >= 0 and < 3 ? 1 : 0;
        }

        Assert.InRange(found, 9, 10);
    }

    [StorageFact]
    public async Task The_sentence_names_field_shares_and_money_and_nothing_is_told_of_noise()
    {
        await using var world = await World.Start<TBrand>();
        await Plant(world, failed: 200, healthy: 2_000);

        var told = (await world.Send(new ExplainCause("PLANTED_0", Staff.Ines))).Value!;

        Assert.Matches("^9[0-9]% of them lack payload.taxCode, of the healthy ones [123](\\.[0-9])?%: EUR 1[89]k$", told.Differences[0].Sentence);
        Assert.Equal((200, 20_000m), (told.Open, told.AtRisk));
        Assert.DoesNotContain(told.Differences, difference => difference.Field.StartsWith("payload.custom", StringComparison.Ordinal));
        Assert.Equal("payload.taxCode", Assert.Single(told.Differences).Field);
    }

    [StorageFact]
    public async Task Only_what_the_caller_may_see_is_compared()
    {
        await using var world = await World.Start<TBrand>();
        await Plant(world, failed: 200, healthy: 2_000);

        var emea = (await world.Send(new ExplainCause("PLANTED_0", Staff.Steward("Tom Okafor", "EMEA")))).Value!;
        var nobody = await world.Send(new ExplainCause("PLANTED_3", Staff.Steward("Nils", "NORDICS")));

        Assert.InRange(emea.Failed, 1, 150);
        Assert.DoesNotContain(emea.Differences, difference => difference.Field is "unit");
        Assert.Equal(RefusalKind.NotFound, nobody.Refusal?.Kind);
    }

    private static async Task Plant(World world, int failed, int healthy)
    {
        var dice = new Random(20261030);
        await using var db = world.Open();
        for (var i = 0; i < s_planted.Length; i++)
        {
            var (planted, code) = (s_planted[i], $"PLANTED_{i}");
            var invoices = Enumerable.Range(0, failed).Select(n => new PlantedInvoice($"INV-{i}-{n}", dice)).ToList();
            foreach (var invoice in invoices.Where(_ => dice.NextDouble() < planted.Share))
            {
                planted.Bear(invoice);
            }

            await Write(db, invoices, code);
        }

        await Write(db, [.. Enumerable.Range(0, healthy).Select(n => new PlantedInvoice($"INV-OK-{n}", dice))], null);
    }

    private static async Task Write(OpsConsole.Storage.OpsDb db, IReadOnlyList<PlantedInvoice> invoices, string? code)
    {
        await db.Dialect.Insert(db, [.. invoices.Select(invoice => invoice.Event(code)).OrderBy(e => Convert.ToHexString(e.Key))], default);
        await db.Dialect.Insert(db, [.. invoices.Select(invoice => invoice.Object()).OrderBy(o => o.Key)], default);
        await db.Dialect.Insert(db, [.. invoices.Select(invoice => invoice.Word()).OrderBy(s => s.ObjectKey)], default);
        if (code is not null)
        {
            await db.Dialect.Insert(db, [.. invoices.Select(invoice => invoice.Case(code)).OrderBy(c => c.Id)], default);
        }
    }
}

public static class ExplainCauseTests
{
    public sealed class On_postgres(ITestOutputHelper output) : ExplainCauseTests<OnPostgres>(output);

    public sealed class On_sqlserver(ITestOutputHelper output) : ExplainCauseTests<OnSqlServer>(output);
}

public class AssociationTests
{
    [Fact]
    public void A_rare_mark_of_a_few_does_not_win_over_one_that_most_bear()
    {
        var few = new Association(6, 1_000, 0, 1_000);
        var most = new Association(940, 1_000, 20, 1_000);

        Assert.False(few.IsSound);
        Assert.True(most.IsSound);
        Assert.True(most.Strength > new Association(300, 1_000, 0, 1_000).Strength);
    }

    [Fact]
    public void Equal_shares_say_nothing() => Assert.Equal(0, new Association(310, 1_000, 620, 2_000).Strength, 6);

    [Fact]
    public void The_strength_is_the_G_statistic() => Assert.Equal(2 * ((30 * Math.Log(30 / 20.0)) + (10 * Math.Log(10 / 20.0)) + (10 * Math.Log(10 / 20.0)) + (30 * Math.Log(30 / 20.0))), new Association(30, 40, 10, 40).Strength, 9);

    [Theory]
    [InlineData(12, 12, 0, 12, true)]
    [InlineData(3, 3, 0, 3, false)]
    [InlineData(0, 100, 50, 100, false)]
    public void It_is_sound_only_beyond_doubt_and_only_where_the_failed_have_more(int failed, int ofFailed, int healthy, int ofHealthy, bool sound) =>
        Assert.Equal(sound, new Association(failed, ofFailed, healthy, ofHealthy).IsSound);
}
