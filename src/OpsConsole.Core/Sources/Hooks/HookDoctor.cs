using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Sources.Hooks;

/// <summary>Says why a web-hook was not believed, and what to do about it: whoever sets one up sees only "401" otherwise.</summary>
public static class HookDoctor
{
    /// <summary>The headers that a signature needs are not there.</summary>
    public static string OfHeaders(HookScheme expected, Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Other(expected, header) is { } other
            ? $"It is signed as {other.Label} does it, but this source expects {expected.Label}. Choose {other.Label} for it."
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", expected.Headers.Where(name => string.IsNullOrEmpty(header(name))).DefaultIfEmpty("The time of the signature"))} is missing or not readable. {expected.Label} sends it once a secret is set there.");
    }

    /// <summary>It was signed at another time than now.</summary>
    public static string OfTime(DateTimeOffset sentAt, DateTimeOffset now) =>
        sentAt > now
            ? $"It was signed {Seconds(sentAt - now)} in the future: the sender's clock is wrong."
            : $"It was signed {Seconds(now - sentAt)} ago: an old delivery that was sent again as it was, or the sender's clock is wrong. Have it signed anew.";

    /// <summary>The signature is wrong: tries what most often is the cause.</summary>
    public static string OfSignature(HookScheme expected, IReadOnlyList<string> secrets, HookHead head, ReadOnlyMemory<byte> body, Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(head);
        if (head.Signatures.Count == 0)
        {
            return Other(expected, header) is null ? $"It carries no signature. Switch signing on at {expected.Label}." : OfHeaders(expected, header);
        }

        if (Variants(body).FirstOrDefault(variant => expected.IsRight(secrets, head, variant.Body)) is { Name: { } changed })
        {
            return $"It would be right {changed}. Something on the way writes the body anew: a gateway or a function in front must pass it on byte for byte.";
        }

        return HookSchemes.All.FirstOrDefault(other => other != expected && other.Read(header) is { } told && other.IsRight(secrets, other.Complete(told, body), body.Span)) is { } scheme
            ? $"It is right as {scheme.Label} signs. Choose {scheme.Label} for this source."
            : "It was signed with another secret. Compare the secret that the vendor shows with the one that was set here; a test and a live endpoint have different ones.";
    }

    private static HookScheme? Other(HookScheme expected, Func<string, string?> header) =>
        HookSchemes.All.FirstOrDefault(scheme => scheme != expected && (scheme.Headers.Count > 0 ? scheme.Read(header) is not null : scheme.Read(header) is { Signatures.Count: > 0 }));

    private static string Seconds(TimeSpan time) => time.TotalSeconds < 600 ? $"{time.TotalSeconds:0} s" : time.TotalHours < 48 ? $"{time.TotalMinutes:0} min" : $"{time.TotalDays:0} days";

    private static IEnumerable<(string Name, byte[] Body)> Variants(ReadOnlyMemory<byte> body)
    {
        yield return ("without the line break at its end", body.Span.TrimEnd("\r\n"u8).ToArray());
        yield return ("with a line break at its end", [.. body.Span, (byte)'\n']);
        yield return ("without the byte order mark", body.Span.StartsWith(Encoding.UTF8.Preamble) ? body.Span[3..].ToArray() : []);
        foreach (var indented in new[] { false, true })
        {
            if (Rewritten(body, indented) is { } anew)
            {
                yield return (indented ? "with the JSON indented" : "with the JSON written without blanks", anew);
            }
        }
    }

    private static byte[]? Rewritten(ReadOnlyMemory<byte> body, bool indented)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var written = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = indented, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
            {
                json.WriteTo(writer);
            }

            return written.WrittenSpan.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
