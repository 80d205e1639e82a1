using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Audit;

/// <summary>
/// The lines of an export, one JSON object each: the head (<c>audit</c>), the public keys (<c>public</c>), each place in the chain (<c>n</c>) with its entry unless it is
/// withheld or gone, entries that wait for their place (<c>unsealed</c>), anchors (<c>anchor</c>), and the end (<c>end</c>), without which the file is not whole.
/// </summary>
internal static class ChainLine
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    public static string Head(HeadLine head) => JsonSerializer.Serialize(head, s_json);

    public static string Key(AuditKey key) => JsonSerializer.Serialize(new KeyLine(key.Id, Convert.ToBase64String(key.PublicKey)), s_json);

    public static string Link(ChainLink link) => JsonSerializer.Serialize(
        new LinkLine(
            link.Number, Time(link.SealedAt), Convert.ToHexStringLower(link.EntryHash), Convert.ToHexStringLower(link.Chain), link.Withheld ? null : EntryLine.Of(link.Entry),
            link.Withheld ? true : null, link.Entry is null && !link.Withheld ? true : null),
        s_json);

    public static string Unsealed(AuditEntry entry) => JsonSerializer.Serialize(new UnsealedLine(true, EntryLine.Of(entry)!), s_json);

    public static string End(long last, string chain, bool whole) => JsonSerializer.Serialize(new EndLine(true, last, chain, whole), s_json);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <exception cref="FormatException">It is not 32 bytes in hexadecimal.</exception>
    public static byte[] Hash(string told) => Convert.FromHexString(told) is { Length: 32 } hash ? hash : throw new FormatException("a hash has 64 digits");

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, s_json) ?? throw new JsonException("an object was expected");

    /// <param name="Audit">1, the version.</param>
    /// <param name="After">The number before the first one that is told.</param>
    /// <param name="Chain">The chain there.</param>
    /// <param name="Scope">Which entries are told in full.</param>
    internal sealed record HeadLine(int Audit, string At, string By, long After, string Chain, string Scope);

    internal sealed record KeyLine(string Key, string Public);

    internal sealed record LinkLine(long N, string Sealed, string Hash, string Chain, EntryLine? Entry = null, bool? Withheld = null, bool? Missing = null);

    internal sealed record UnsealedLine(bool Unsealed, EntryLine Entry);

    /// <param name="Whole">The chain ends here: nothing was sealed beyond when it was written.</param>
    internal sealed record EndLine(bool End, long Last, string Chain, bool Whole);

    /// <param name="Hash">As it stands beside the entry; nothing: written before there was a chain.</param>
    internal sealed record EntryLine(Guid Id, string At, string ActorId, string Actor, string Action, string Subject, string Detail, string? Unit = null, string? Hash = null)
    {
        public static EntryLine? Of(AuditEntry? entry) => entry is null ? null : new(
            entry.Id, Time(entry.At), entry.ActorId, entry.ActorName, entry.Action, entry.Subject, entry.Detail, entry.Unit, entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash));

        public AuditEntry Entry() => AuditEntry.Told(
            new AuditEntry { Id = Id, At = Time(At), ActorId = ActorId, ActorName = Actor, Action = Action, Subject = Subject, Detail = Detail, Unit = Unit },
            Hash is null ? null : ChainLine.Hash(Hash));
    }
}
