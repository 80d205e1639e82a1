using System.Net.Http.Headers;

namespace OpsConsole.E2E.Promises;

/// <summary>One answer of the console as bytes.</summary>
internal sealed record Answer(int Status, string? ContentType, bool SaysWhen, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>Sends any bytes at all.</summary>
internal static class Wire
{
    public const string Batch = "application/cloudevents-batch+json";
    public const string Protobuf = "application/x-protobuf";

    public static Task<Answer> Send(this Node node, string path, string contentType, byte[] body, string? encoding = null) =>
        node.Send(path, contentType, new ByteArrayContent(body), encoding);

    public static async Task<Answer> Send(this Node node, string path, string contentType, HttpContent body, string? encoding = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (encoding is not null)
        {
            body.Headers.ContentEncoding.Add(encoding);
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var answer = await node.Api.SendAsync(request);
        return new Answer((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter is not null, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A protobuf field that holds bytes.</summary>
    public static byte[] Field(int number, params byte[][] parts)
    {
        var length = parts.Sum(part => part.Length);
        var head = new List<byte> { (byte)((number << 3) | 2) };
        for (; length > 0x7F; length >>= 7)
        {
            head.Add((byte)(length | 0x80));
        }

        head.Add((byte)length);
        return [.. head, .. parts.SelectMany(part => part)];
    }

    /// <summary>A protobuf field of eight bytes.</summary>
    public static byte[] Fixed(int number, ulong value) => [(byte)((number << 3) | 1), .. BitConverter.GetBytes(value)];

    /// <summary>An OTLP request with one span.</summary>
    public static byte[] Span(byte[] traceId, byte[] spanId, ulong start, ulong end) =>
        Field(1, Field(2, Field(2, Field(1, traceId), Field(2, spanId), Field(5, "a span"u8.ToArray()), Fixed(7, start), Fixed(8, end))));

    /// <summary>An OTLP request with one log record of no trace.</summary>
    public static byte[] Log(string said, ulong time) =>
        Field(1, Field(2, Field(2, Fixed(1, time), Field(5, Field(1, System.Text.Encoding.UTF8.GetBytes(said))))));

    public static byte[] Span(Random random, ulong start, ulong end)
    {
        var (trace, span) = (new byte[16], new byte[8]);
        random.NextBytes(trace);
        random.NextBytes(span);
        return Span(trace, span, start, end);
    }
}
