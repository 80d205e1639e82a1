using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>
/// What spans and logs repeat of messages, as payloads themselves are shown (docs/decisions/0014): a field that a contract hides from the reader is dots, and a
/// message, or where it lies, is dots for who may not read exceptions. So is what a log says in its own words, because nobody knows what stands in it.
/// </summary>
/// <param name="fields">Of the contracts in force.</param>
/// <param name="messages">The reader may read messages.</param>
internal sealed class TelemetryVeil(VeiledFields fields, bool messages)
{
    public const string Dots = FieldVeil.Dots;

    // A word in the name of an attribute that carries a message or points at one: app.payload, http.request.body, messaging.payload.ref.
    private static readonly string[] s_messages = ["payload", "body"];

    // What these say is of programs and machines (OpenTelemetry's conventions), though a field of a payload may have the same name.
    private static readonly HashSet<string> s_technical = new(StringComparer.Ordinal)
    {
        "service", "telemetry", "host", "process", "os", "k8s", "container", "cloud", "deployment", "otel", "thread", "code", "server", "network", "rpc", "db", "messaging", "error", "exception",
    };

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public static Task<TelemetryVeil> Of(OpsDb db, ContractShelf shelf, Actor actor, CancellationToken cancellationToken) =>
        Of(db, shelf, actor, actor.Hidden(), cancellationToken);

    /// <summary>Of one trace: what is revealed of it is shown.</summary>
    public static async Task<TelemetryVeil> Of(OpsDb db, ContractShelf shelf, Actor actor, byte[] trace, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Of(db, shelf, actor, await db.Hidden(actor, FieldReveal.OfTrace(trace), now, cancellationToken), cancellationToken);

    private static async Task<TelemetryVeil> Of(OpsDb db, ContractShelf shelf, Actor actor, FieldClasses hidden, CancellationToken cancellationToken) =>
        new(await VeiledFields.Of(db, shelf, null, hidden, cancellationToken), actor.Can(Right.ReadCases));

    /// <summary>Attributes with dots for values that are not to be seen; that they are there stays.</summary>
    public JsonElement Over(JsonElement attributes) =>
        IsThin || attributes.ValueKind is not JsonValueKind.Object || !attributes.EnumerateObject().Any(one => Hides(one.Name))
            ? attributes
            : JsonSerializer.SerializeToElement(attributes.EnumerateObject().Select(one => (one.Name, Value: Hides(one.Name) ? JsonSerializer.SerializeToElement(Dots) : one.Value))
                .GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Last().Value, StringComparer.Ordinal));

    public AttributeComparison Over(AttributeComparison one) =>
        Hides(one.Name) ? one with { Here = one.Here is null ? null : Dots, Healthy = one.Healthy is null ? null : Dots } : one;

    /// <summary>What a log says.</summary>
    public string? Said(string? body) => body is null ? null : messages ? fields.Over(body) : Dots;

    private bool IsThin => messages && fields.IsThin;

    /// <summary>The value of the attribute is not to be seen.</summary>
    public bool Hides(string name)
    {
        if (!_known.TryGetValue(name, out var hidden))
        {
            var words = name.Split('.');
            _known[name] = hidden = (!messages && words.Any(s_messages.Contains)) || Pointers(name, words).Any(fields.Holds) || (!s_technical.Contains(words[0]) && fields.Names(words[^1]));
        }

        return hidden;
    }

    // app.invoice.bank.iban may mean the field /bank/iban of a payload, or one with dots in its name.
    private static IEnumerable<string> Pointers(string name, string[] words) =>
        Enumerable.Range(0, words.Length).Select(skipped => words.Skip(skipped).Aggregate("", JsonPointer.Below)).Append(JsonPointer.Below("", name));
}
