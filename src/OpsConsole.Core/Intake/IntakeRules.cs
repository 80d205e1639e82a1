using System.Text;
using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>
/// What contracts want done to fields before a fact is stored (<c>x-oc-intake</c>): left out, a keyed hash in their place, or encrypted. The identity of an event is the hash of its content as it came, so a
/// repeat is a duplicate whatever the rules are.
/// </summary>
internal sealed class IntakeRules(IDbContextFactory<OpsDb> contexts, ContractShelf shelf, FieldSeal seal, TimeProvider clock)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    private volatile Known? _known;

    /// <summary>The rules in force, as they were read within the last seconds. Where they cannot be read nothing is stored.</summary>
    public async Task<InForce> Now(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known is { } known && now - known.At < s_fresh)
        {
            return known.Rules;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var schemas = new List<(string? Type, PayloadSchema Schema)>();
        foreach (var contract in await ContractShelf.All(db, cancellationToken))
        {
            if (await shelf.Open(db, contract, cancellationToken) is { Schema: { HasIntake: true } schema })
            {
                schemas.Add((contract.ObjectType, schema));
            }
        }

        var rules = new InForce(schemas, schemas.Count == 0 ? [] : await seal.Key(cancellationToken));
        _known = new Known(rules, now);
        return rules;
    }

    private sealed record Known(InForce Rules, DateTimeOffset At);

    /// <param name="schemas">Of contracts that want something, each with the type of object that it is for; nothing: any.</param>
    /// <param name="key">Of the hashes.</param>
    internal sealed class InForce(IReadOnlyList<(string? Type, PayloadSchema Schema)> schemas, byte[] key)
    {
        /// <summary>Does it to one event.</summary>
        /// <returns>True when something was changed.</returns>
        public bool Apply(SyncEvent e)
        {
            PayloadSchema[] concerned = [.. schemas.Where(one => one.Type is null || one.Type == e.EntityType).Select(one => one.Schema)];
            if (concerned.Length == 0)
            {
                return false;
            }

            var said = Encoding.UTF8.GetString(e.Data);
            var data = Over(said, concerned);
            e.Attributes = e.Attributes is null ? null : Attributes(e.Attributes, "", concerned);
            e.Data = data == said ? e.Data : Encoding.UTF8.GetBytes(data);
            return data != said;
        }

        // Once for each place, however many contracts name it: what was sealed or hashed twice would not be found or opened again. The innermost first.
        private string Over(string data, PayloadSchema[] concerned)
        {
            using var read = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            if (read.RootElement.TryGetProperty("payload", out var payload) && payload.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                data = concerned.SelectMany(schema => schema.IntakePlaces(payload)).DistinctBy(place => place.Pointer).OrderByDescending(place => place.Pointer, StringComparer.Ordinal)
                    .Aggregate(data, (text, place) => Done(text, $"/payload{place.Pointer}", place.Rule));
            }

            return Attributes(data, "/attributes", concerned);
        }

        private string Attributes(string json, string at, PayloadSchema[] concerned)
        {
            using var read = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return PayloadPlaces.Find(read.RootElement, at) is { ValueKind: JsonValueKind.Object } attributes
                ? attributes.EnumerateObject().Aggregate(json, (text, one) =>
                    concerned.Select(schema => schema.IntakeOf(one.Name)).FirstOrDefault(rule => rule is not IntakeRule.Keep) is var rule and not IntakeRule.Keep ? Done(text, JsonPointer.Below(at, one.Name), rule) : text)
                : json;
        }

        private string Done(string json, string pointer, IntakeRule rule) =>
            JsonEdit.Read(json, pointer) is not { } literal || literal is "null" ? json
            : rule is IntakeRule.Drop && JsonEdit.Remove(json, pointer) is var without && without != json ? without
            : JsonEdit.Set(json, pointer, rule is IntakeRule.Drop ? "null" : rule is IntakeRule.Encrypt ? FieldSeal.Seal(key, literal) : JsonEdit.Quote($"hash:{FieldKey.Hash(key, JsonEdit.Plain(literal))}")) ?? json;
    }
}
