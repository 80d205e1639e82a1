using System.Text.Json;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What a replay of an exception would send now.</summary>
/// <param name="Original">The message that failed, as it stands in its event; nothing: the event carried none.</param>
/// <param name="IsJson">Every version must be JSON, because the original is, or because there is none to go by.</param>
/// <param name="Current">The latest repair, else the original.</param>
/// <param name="Version">The number of <paramref name="Current"/>; 0 is the original.</param>
internal sealed record Payload(string? Original, bool IsJson, string? Current, int Version)
{
    /// <summary>Of a dead letter: where it came from and what it carried, as its event keeps it.</summary>
    public string? Letter { get; init; }

    public static async Task<Payload> Read(OpsDb db, ExceptionCase @case, CancellationToken cancellationToken) =>
        await Read(db, @case, @case.PayloadVersion, cancellationToken);

    public static async Task<Payload> Read(OpsDb db, ExceptionCase @case, int version, CancellationToken cancellationToken) =>
        (await Read(db, [(@case, version)], cancellationToken))[@case.Id];

    /// <summary>Of many, by their exceptions: one look at the events and one at the repairs.</summary>
    public static async Task<Dictionary<Guid, Payload>> Read(OpsDb db, IReadOnlyCollection<(ExceptionCase Case, int Version)> asked, CancellationToken cancellationToken)
    {
        var keys = asked.Where(one => one.Case is { HasPayload: true, FailureKey: not null }).Select(one => one.Case.FailureKey!).ToList();
        var events = keys.Count == 0
            ? []
            : await db.Events.AsNoTracking().Where(e => keys.Contains(e.Key)).Select(e => new { e.Key, e.Data }).ToDictionaryAsync(e => Convert.ToHexString(e.Key), e => e.Data, cancellationToken);
        var repaired = asked.Where(one => one.Version > 0).Select(one => one.Case.Id).ToList();
        var repairs = repaired.Count == 0
            ? []
            : await db.PayloadVersions.AsNoTracking().Where(p => repaired.Contains(p.CaseId)).Select(p => new { p.CaseId, p.Version, p.Body }).ToListAsync(cancellationToken);
        var bodies = repairs.ToDictionary(repair => (repair.CaseId, repair.Version), repair => repair.Body);
        return asked.ToDictionary(one => one.Case.Id, one =>
        {
            var data = one.Case is { HasPayload: true, FailureKey: { } key } ? events.GetValueOrDefault(Convert.ToHexString(key)) : null;
            var (original, isJson) = data is null ? (null, true) : FailedMessage.Of(data);
            return new Payload(original, isJson, one.Version == 0 ? original : bodies[(one.Case.Id, one.Version)], one.Version)
            {
                Letter = data is null ? null : FailedMessage.Letter(data),
            };
        });
    }

    /// <summary>As the four-eyes rules look at it.</summary>
    public FourEyesItem Judged(ExceptionCase @case) => new(@case, ChangedFields.Of(Original, Current));

    /// <summary>Where it is not JSON, in words; nothing when it is.</summary>
    public static string? JsonFault(string body)
    {
        try
        {
            using var _ = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return null;
        }
        catch (JsonException failure)
        {
            return $"is not JSON, see line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}";
        }
    }

    /// <summary>SHA-256 (hex) of the body and of where it would go. An approval counts for this and nothing else.</summary>
    public static string Hash(string body, ReplayTarget target) =>
        Convert.ToHexStringLower(Ids.Hash([target.Name, target.Method, target.Url, body]));

    public static string Hash(string body) => Convert.ToHexStringLower(Ids.Hash([body]));

    /// <summary>The key that every attempt carries: the fact's own, else one derived from the fact.</summary>
    public static string KeyOf(ExceptionCase @case) =>
        @case.IdempotencyKey ?? $"opsconsole-{(@case.FailureKey is { } key ? Convert.ToHexStringLower(key)[..32] : @case.Id.ToString("n"))}";
}
