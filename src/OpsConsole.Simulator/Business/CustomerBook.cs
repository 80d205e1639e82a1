using System.Globalization;

namespace OpsConsole.Simulator.Business;

/// <summary>Invents customers. A number always stands for the same one; the first <see cref="PoolSize"/> are customers of old.</summary>
internal sealed class CustomerBook(long seed)
{
    public const int PoolSize = 48;
    private const int FirstOfPool = 1001;

    private static readonly string[] s_names =
    [
        "Brightwater", "Kestrel", "Halden", "Norrvik", "Maple Ridge", "Cascadia", "Lakeshore", "Orchid Bay", "Sumida", "Delmare",
        "Vauban", "Prairie", "Fundy", "Ottawa", "Laurier", "Alder", "Birchfield", "Copperline", "Dunmore", "Eastgate", "Foxglove",
        "Granite", "Harbour", "Ironbridge", "Juniper", "Kingfisher", "Linden", "Meridian", "Northwind", "Oakhurst", "Pacific Loom",
        "Quayside", "Rosewood", "Silverbrook", "Tamarack", "Umber", "Verity", "Westmere", "Yarrow", "Zephyr",
    ];

    private static readonly string[] s_trades =
    [
        "Foods", "Robotics", "Optics", "Energy", "Dairy", "Timber", "Paper", "Logistics", "Textiles", "Instruments", "Cold Storage",
        "Marine", "Packaging", "Chemicals", "Ceramics", "Steel", "Pharma", "Rail", "Water", "Aerospace", "Tools", "Motors", "Glass",
    ];

    /// <summary>The customers of old: with the company since before the simulation, known to every system.</summary>
    public IReadOnlyList<Customer> Pool { get; } = [.. Enumerable.Range(FirstOfPool, PoolSize).Select(number => Invent(seed, number, null))];

    /// <summary>The customer that transaction <paramref name="deal"/> brings in.</summary>
    public Customer NewOf(long deal, LegalEntity entity) => Invent(seed, deal, entity);

    private static Customer Invent(long seed, long number, LegalEntity? home)
    {
        var dice = new Dice(seed, "customer", number);
        var entity = home ?? Company.LegalEntities[(int)(number % Company.LegalEntities.Count)];
        var stem = $"{s_names[(number * 7) % s_names.Length]} {s_trades[(number * 5 + number / s_names.Length) % s_trades.Length]}";
        var digits = (100_000_000 + (long)(dice.Next() * 899_999_999)).ToString(CultureInfo.InvariantCulture);

        // The first profile of a place is its usual one.
        var tax = dice.Chance(0.8) ? entity.TaxProfiles[0] : dice.Pick(entity.TaxProfiles);
        var host = string.Concat(stem.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return new Customer(
            $"ACC-{number}", $"{stem} {entity.Suffix}", entity, entity.Region + digits, tax, dice.Pick(Company.PaymentTerms),
            $"ap@{host}.example");
    }
}
