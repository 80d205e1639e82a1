using OpsConsole.Contracts;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Contracts;

public abstract class SetContractTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly ContractSubject s_invoices = new("erp-invoices", null, null, null);

    [StorageFact]
    public async Task Another_schema_is_the_next_version_and_the_one_before_stays_letter_by_letter()
    {
        await using var world = await World.Start<TBrand>();
        const string first = """{ "type":  "object" }""";

        var one = await Set(world, first, "the first");
        var same = await Set(world, first, "the same again");
        var two = await Set(world, """{"type":"object","required":["tranId"]}""", "the number is needed");

        Assert.Equal((1, 1, 2), (one.Value!.Version, same.Value!.Version, two.Value!.Version));
        var shown = (await world.Send(new ShowContract("invoice", Staff.Ines))).Value!;
        Assert.Equal([(2, true, "the number is needed"), (1, false, "the first")], shown.Versions.Select(v => (v.Number, v.InForce, v.Note)));
        Assert.Equal(first, shown.Versions[1].Text);
    }

    [StorageFact]
    public async Task An_older_version_is_put_in_force_again_and_the_numbers_go_on()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, """{"minProperties":1}""");
        await Set(world, """{"minProperties":2}""");

        var back = await world.Send(new PutInForce("invoice", 1, Staff.Root));
        var third = await Set(world, """{"minProperties":3}""");

        Assert.Equal((1, 2), (back.Value!.Version, back.Value.Latest));
        Assert.Equal((3, 3), (third.Value!.Version, third.Value.Latest));
        await using var db = world.Open();
        Assert.Equal(4, db.Audit.Count(entry => entry.Subject == "contract invoice"));
    }

    [StorageFact]
    public async Task Who_saw_an_older_state_overwrites_nothing()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, """{"minProperties":1}""");
        await Set(world, """{"minProperties":2}""");

        var late = await world.Send(new SetContract("invoice", new ContractBody(null, s_invoices, """{"minProperties":9}""", null), 1, Staff.Root));

        Assert.Equal(RefusalKind.Stale, late.Refusal?.Kind);
    }

    [StorageFact]
    public async Task Two_contracts_for_just_the_same_are_refused()
    {
        await using var world = await World.Start<TBrand>();
        await Set(world, """{"minProperties":1}""");

        var rival = await world.Send(new SetContract("invoice-too", new ContractBody(null, s_invoices, """{"minProperties":1}""", null), null, Staff.Root));

        Assert.Equal("contract.for", rival.Refusal?.Code);
    }

    [StorageFact]
    public async Task A_steward_reads_contracts_and_sets_none()
    {
        await using var world = await World.Start<TBrand>();

        var set = await world.Send(new SetContract("invoice", new ContractBody(null, s_invoices, "{}", null), null, Staff.Ines));
        var tried = await world.Send(new TryContract("", null, """{"required":["a"]}""", "{}", Staff.Ines));

        Assert.Equal(RefusalKind.Forbidden, set.Refusal?.Kind);
        Assert.Equal((false, "/a"), (tried.Value!.Fits, tried.Value.Faults[0].Pointer));
    }

    [Fact]
    public void The_closest_contract_counts()
    {
        Contract Of(string name, string? target, string? type, string? operation) => new() { Name = name, Label = name, Target = target, ObjectType = type, Operation = operation, UpdatedAt = default, UpdatedBy = "" };
        IReadOnlyList<Contract> all = [Of("any-invoice", null, "invoice", null), Of("erp", "erp-invoices", null, null), Of("erp-create", "erp-invoices", "invoice", "create")];

        Assert.Equal("erp-create", ContractShelf.Closest(all, new("erp-invoices", null, "invoice", "create"))?.Name);
        Assert.Equal("any-invoice", ContractShelf.Closest(all, new("erp-invoices", null, "invoice", "update"))?.Name);
        Assert.Null(ContractShelf.Closest(all, new("erp-orders", null, "order", "create")));
    }

    private static Task<Outcome<ContractView>> Set(World world, string schema, string? note = null) =>
        world.Send(new SetContract("invoice", new ContractBody("ERP invoice", s_invoices, schema, note), null, Staff.Root));
}

public static class SetContractTests
{
    public sealed class On_postgres : SetContractTests<OnPostgres>;

    public sealed class On_sqlserver : SetContractTests<OnSqlServer>;
}
