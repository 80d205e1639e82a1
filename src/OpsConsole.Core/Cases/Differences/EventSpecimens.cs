using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Differences;

/// <summary>Where an object belongs.</summary>
internal readonly record struct Place(string? Unit, string? LegalEntity, string? Region, string? Currency);

/// <summary>What one system says of an object: a JSON object, or nothing.</summary>
internal readonly record struct OtherWord(string System, string? Attributes);

/// <summary>An event as far as it is compared.</summary>
internal sealed record SaidFact(byte[] Key, Guid SpokenKey, DateTimeOffset Time, string Source, string? Extensions, byte[]? Data);

/// <summary>Events as specimens: for the analysis of a cause and of a search alike.</summary>
internal static class EventSpecimens
{
    /// <summary>Larger data is not read: a sample of documents of a megabyte would not answer in a second.</summary>
    private const int LongestData = 64 << 10;

    public static async Task<List<SaidFact>> Said(IQueryable<SyncEvent> events, CancellationToken cancellationToken) =>
        await events.AsNoTracking().Select(e => new SaidFact(e.Key, e.SpokenKey, e.Time, e.Source, e.Extensions, e.Data.Length > LongestData ? null : e.Data)).ToListAsync(cancellationToken);

    /// <summary>What other systems say of these objects: what the system that refused says is its refusal.</summary>
    public static async Task<ILookup<Guid, OtherWord>> Words(OpsDb db, Guid[] objects, string but, CancellationToken cancellationToken)
    {
        var rows = await db.ObjectStates.AsNoTracking().Where(state => objects.Contains(state.ObjectKey) && state.System != but)
            .Select(state => new { state.ObjectKey, state.System, state.Attributes }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.ObjectKey, row => new OtherWord(row.System, row.Attributes));
    }

    public static Specimen Made(Specimen one, Place place, IEnumerable<OtherWord> words, SaidFact? fact)
    {
        one.With("unit", place.Unit).With("legal entity", place.LegalEntity).With("region", place.Region).With("currency", place.Currency);
        foreach (var (system, attributes) in words)
        {
            one.WithGroup(system, attributes ?? "{}");
        }

        return fact is null ? one : one.With("source", fact.Source).WithGroup("event", fact.Extensions).WithData(fact.Data);
    }
}
