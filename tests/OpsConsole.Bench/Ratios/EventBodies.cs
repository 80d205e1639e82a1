using System.Globalization;
using System.Text;

namespace OpsConsole.Bench.Ratios;

/// <summary>
/// CloudEvents as a middleware sends them, in batches of <see cref="PerBody"/>: customers, orders, invoices and payments of a few hundred
/// deals that go on side by side, three to five facts an object, customers as skewed as real ones (the greatest has about one deal in
/// eighty). One invoice in twenty and one customer in a hundred is refused; every other one of the invoices gets through later.
/// </summary>
internal sealed class EventBodies(string run)
{
    public const int PerBody = 500;
    private const int SideBySide = 300;
    private const int Customers = 20_000;
    private const string Refused = """
        "operation":"create","outcome":"failed","error":{"code":"TAX_PROFILE_MISSING","category":"validation","message":"has no tax profile","attribute":"taxProfile","retryable":false},"payload":{"lines":[{"sku":"A-100","qty":10,"price":"420.00"},{"sku":"B-7","qty":1,"price":"1000.00"}],"terms":"NET30"}
        """;

    private static readonly string[] s_units = ["EMEA", "EMEA", "EMEA", "AMER", "AMER", "APAC"];
    private static readonly double[] s_weights = Weights();

    private readonly Random _random = new(20261121);
    private readonly HashSet<int> _known = [];
    private readonly List<Queue<Event>> _deals = [];
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow.AddMinutes(-5);
    private int _deal;
    private int _event;

    /// <summary>How many exceptions follow from everything made so far: one for each object that was ever refused.</summary>
    public int Exceptions { get; private set; }

    public IReadOnlyList<byte[]> Make(int count, int perBody = PerBody)
    {
        var bodies = new List<byte[]>();
        for (var made = 0; made < count; made += perBody)
        {
            bodies.Add(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Math.Min(perBody, count - made)).Select(_ => Next()))}]"));
        }

        return bodies;
    }

    /// <summary>One refused invoice, by which news is timed.</summary>
    public byte[] Marker(string id)
    {
        Exceptions++;
        return Encoding.UTF8.GetBytes($"[{Fact("stripe", "invoice", id, "EMEA", 100, "rejected", "", Refused).Json}]");
    }

    private string Next()
    {
        while (_deals.Count < SideBySide)
        {
            _deals.Add(new Queue<Event>(Deal()));
        }

        var one = _random.Next(_deals.Count);
        var next = _deals[one].Dequeue();
        if (_deals[one].Count == 0)
        {
            _deals.RemoveAt(one);
        }

        Exceptions += next.Fails ? 1 : 0;
        return next.Json;
    }

    private IEnumerable<Event> Deal()
    {
        var number = ++_deal;
        var pick = Array.BinarySearch(s_weights, _random.NextDouble() * s_weights[^1]);
        var customer = pick < 0 ? Math.Min(~pick, Customers - 1) : pick;
        var unit = s_units[customer % s_units.Length];
        var amount = 50 + (int)Math.Pow(10, 1 + (_random.NextDouble() * 3.5));
        var (account, order, invoice, payment) = ($"ACC-{run}-{customer}", $"SO-{run}-{number}", $"INV-{run}-{number}", $"PAY-{run}-{number}");
        var toCustomer = Link("customer", account);
        if (_known.Add(customer))
        {
            yield return Fact("salesforce", "customer", account, unit, null, "active", "", "");
            yield return Fact("netsuite", "customer", account, unit, null, "active", "", customer % 100 == 99 ? Refused : "");
            yield return Fact("stripe", "customer", account, unit, null, "active", "", "");
        }

        yield return Fact("salesforce", "order", order, unit, amount, "closed-won", toCustomer, "");
        yield return Fact("netsuite", "order", order, unit, amount, "ordered", toCustomer, "");
        yield return Fact("netsuite", "order", order, unit, amount, "delivered", "", "");
        yield return Fact("stripe", "invoice", invoice, unit, amount, "finalized", Link("order", order), "");
        if (number % 20 == 0)
        {
            yield return Fact("netsuite", "invoice", invoice, unit, amount, "rejected", "", Refused);
        }

        if (number % 40 != 0)
        {
            yield return Fact("netsuite", "invoice", invoice, unit, amount, "posted", "", "");
            yield return Fact("stripe", "invoice", invoice, unit, amount, "paid", "", "");
            yield return Fact("stripe", "payment", payment, unit, amount, "received", Link("invoice", invoice), "");
            yield return Fact("netsuite", "payment", payment, unit, amount, "received", "", "");
            yield return Fact("netsuite", "payment", payment, unit, amount, "applied", "", "");
        }
    }

    // A field of its own where facts differ; a refusal replaces operation and outcome.
    private Event Fact(string system, string type, string id, string unit, int? amount, string state, string links, string refusal)
    {
        var number = ++_event;
        var at = _start.AddMicroseconds(number * 100.0).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var said = refusal.Length > 0 ? refusal : "\"operation\":\"create\",\"outcome\":\"succeeded\"";
        var worth = amount is null ? "" : $$""","amount":"{{amount}}.00","currency":"EUR" """;
        var json = $$$"""
            {"specversion":"1.0","id":"{{{run}}}-{{{number}}}","source":"urn:acme:middleware","type":"opsconsole.sync.v1","time":"{{{at}}}","subject":"{{{type}}}/{{{id}}}","data":{"entity":{"type":"{{{type}}}","id":"{{{id}}}"},"system":"{{{system}}}",{{{said}}},"state":"{{{state}}}","businessUnit":"{{{unit}}}","legalEntity":"{{{unit}}}-01"{{{worth}}}{{{links}}},"attributes":{"paymentTerms":"NET30","owner":"{{{unit}}}-desk"}} }
            """;
        return new Event(json, refusal.Length > 0);
    }

    private static string Link(string type, string id) => $$""","links":[{"type":"{{type}}","id":"{{id}}"}]""";

    private static double[] Weights()
    {
        var sum = 0.0;
        return [.. Enumerable.Range(0, Customers).Select(rank => sum += 1.0 / (rank + 10))];
    }

    private sealed record Event(string Json, bool Fails);
}
