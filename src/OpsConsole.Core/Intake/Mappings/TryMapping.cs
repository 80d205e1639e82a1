using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Events;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Hooks;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Intake.Mappings;

/// <summary>What a mapping would make of a sample: a CloudEvent, or the body of a vendor's web-hook. Nothing is stored.</summary>
public sealed record TryMapping(MappingDefinition Definition, string Sample, Actor Actor) : IRequest<Outcome<TriedMapping>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>What came out.</summary>
/// <param name="Fact">Field by field, as it would be stored; empty when it would be refused.</param>
/// <param name="Reason">Why it would be quarantined, as a stable word; nothing when it would be stored.</param>
/// <param name="Message">The field at fault and what would be right.</param>
/// <param name="TimelineOnly">It says nothing of an outcome, so it would be shown on the object's timeline and change no state.</param>
public sealed record TriedMapping(IReadOnlyList<MappedField> Fact, string? Reason, string? Message, bool TimelineOnly);

/// <param name="Name">As in a sync event.</param>
/// <param name="Value">As it would be stored.</param>
public sealed record MappedField(string Name, string Value);

internal sealed class TryMappingHandler(IOptions<IntakeOptions> options, TimeProvider clock) : IRequestHandler<TryMapping, Outcome<TriedMapping>>
{
    private static readonly Sender s_anybody = new(Guid.Empty, "sample", KeyScopes.Events, [], []);

    public Task<Outcome<TriedMapping>> Handle(TryMapping request, CancellationToken cancellationToken) => Task.FromResult(Try(request));

    private Outcome<TriedMapping> Try(TryMapping request)
    {
        if (MappingRules.Fault(request.Definition) is { } fault)
        {
            return fault;
        }

        var sample = Encoding.UTF8.GetBytes(request.Sample);
        var book = new MappingBook();
        book.Take([(request.Definition with { Disabled = false, Source = null }, 1)]);
        var reader = new CloudEventReader(options, book, clock);
        var read = IsEvent(sample) ? reader.Structured(sample, s_anybody) : new HookReader(reader).Read(new HookHead([]) { Id = "sample" }, clock.GetUtcNow(), sample, s_anybody);
        return read.Match<Outcome<TriedMapping>>(
            delivery => delivery.Readings[0] is { Event: { } made }
                ? new TriedMapping(Fields(made), null, null, made.Outcome is SyncOutcome.Noted)
                : new TriedMapping([], delivery.Readings[0].Refused!.Reason, delivery.Readings[0].Refused!.Message, false),
            refusal => refusal);
    }

    private static bool IsEvent(byte[] sample)
    {
        try
        {
            using var json = JsonDocument.Parse(sample);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("specversion", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<MappedField> Fields(SyncEvent made)
    {
        var names = new List<SaidName>();
        var links = new List<SaidLink>();
        SaidReader.Read(Fact.From(made), names, links);
        (string Name, string? Value)[] fields =
        [
            ("entity", $"{made.EntityType} {made.EntityId}"), ("system", made.System), ("operation", made.Operation),
            ("outcome", made.Outcome is SyncOutcome.Noted ? null : made.Outcome.ToString().ToLowerInvariant()), ("state", made.State),
            ("amount", made is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency).ToString() : null),
            ("version", made.Version?.ToString(CultureInfo.InvariantCulture)), ("businessUnit", made.BusinessUnit), ("legalEntity", made.LegalEntity), ("region", made.Region),
            ("error", made.ErrorCode is null ? null : $"{made.ErrorCode} ({made.ErrorCategory}) {made.ErrorMessage}".TrimEnd()), ("error.attribute", made.ErrorAttribute),
            ("links", links.Count == 0 ? null : string.Join(", ", links.Select(link => $"{link.ToType} {link.ToId}"))),
            ("time", made.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)), ("id", made.Id), ("type", made.Type),
        ];
        return [.. from field in fields where !string.IsNullOrEmpty(field.Value) select new MappedField(field.Name, field.Value!)];
    }
}
