using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>
/// What spans and logs repeat of messages, as payloads themselves are shown (docs/decisions/0014): a field that a contract calls secret is dots for everybody, and a
/// message, or where it lies, is dots for who may not read exceptions. So is what a log says in its own words, because nobody knows what stands in it.
/// </summary>
/// <param name="secrets">The contracts in force that have secret fields.</param>
/// <param name="messages">The reader may read messages.</param>
internal sealed class TelemetryVeil(IReadOnlyList<PayloadSchema> secrets, bool messages)
{
    public const string Dots = SecretVeil.Dots;

    // A word in the name of an attribute that carries a message or points at one: app.payload, http.request.body, messaging.payload.ref.
    private static readonly string[] s_messages = ["payload", "body"];

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public static async Task<TelemetryVeil> Of(OpsDb db, ContractShelf shelf, Actor actor, CancellationToken cancellationToken)
    {
        var schemas = new List<PayloadSchema>();
        foreach (var contract in await ContractShelf.All(db, cancellationToken))
        {
            schemas.Add((await shelf.Open(db, contract, cancellationToken))!.Schema);
        }

        return new TelemetryVeil(schemas.FindAll(schema => schema.HasSecrets), actor.Can(Right.ReadCases));
    }

    /// <summary>Attributes with dots for values that are not to be seen; that they are there stays.</summary>
    public JsonElement Over(JsonElement attributes) =>
        IsThin || attributes.ValueKind is not JsonValueKind.Object || !attributes.EnumerateObject().Any(one => Hides(one.Name))
            ? attributes
            : JsonSerializer.SerializeToElement(attributes.EnumerateObject().Select(one => (one.Name, Value: Hides(one.Name) ? JsonSerializer.SerializeToElement(Dots) : one.Value))
                .GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Last().Value, StringComparer.Ordinal));

    public AttributeComparison Over(AttributeComparison one) =>
        Hides(one.Name) ? one with { Here = one.Here is null ? null : Dots, Healthy = one.Healthy is null ? null : Dots } : one;

    /// <summary>What a log says.</summary>
    public string? Said(string? body) => body is null ? null : messages ? secrets.Aggregate(body, (text, schema) => new SecretVeil(schema).Over(text)!) : Dots;

    private bool IsThin => messages && secrets.Count == 0;

    private bool Hides(string name)
    {
        if (!_known.TryGetValue(name, out var hidden))
        {
            var words = name.Split('.');
            _known[name] = hidden = (!messages && words.Any(s_messages.Contains)) || Pointers(name, words).Any(pointer => secrets.Any(schema => schema.Field(pointer)?.Tags.Secret is true));
        }

        return hidden;
    }

    // app.invoice.bank.iban may mean the field /bank/iban of a payload, or one with dots in its name.
    private static IEnumerable<string> Pointers(string name, string[] words) =>
        Enumerable.Range(0, words.Length).Select(skipped => words.Skip(skipped).Aggregate("", JsonPointer.Below)).Append(JsonPointer.Below("", name));
}
