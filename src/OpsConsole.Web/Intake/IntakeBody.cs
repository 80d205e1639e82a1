using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Intake;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>A body that was read, or why it was not: the status to answer with and a sentence.</summary>
internal readonly record struct ReadBody(PooledBody? Body, int Status, string Message)
{
    public static ReadBody No(int status, string message) => new(null, status, message);
}

/// <summary>Reads a body as it comes into a pooled buffer: unzipped, bounded after decompression, charged to the queue's budget.</summary>
internal static class IntakeBody
{
    /// <summary>Up to here room is made at once for what a sender announces; for more as it comes.</summary>
    private const int Announced = 1 << 20;

    public static async Task<ReadBody> Read(HttpContext context, IntakeQueue queue, long limit)
    {
        CountOurselves(context);
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var zipped = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!zipped && encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return ReadBody.No(StatusCodes.Status415UnsupportedMediaType, "Content-Encoding must be gzip or none.");
        }

        return await Read(context, queue, limit, zipped, context.Request.ContentLength);
    }

    /// <summary>What is left of the request, zipped or not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="queue">Whose budget is charged.</param>
    /// <param name="limit">In bytes, after decompression.</param>
    /// <param name="zipped">It is gzip, whatever its headers say.</param>
    /// <param name="announced">How many bytes are to come, where the sender said so.</param>
    public static async Task<ReadBody> Read(HttpContext context, IntakeQueue queue, long limit, bool zipped, long? announced)
    {
        if (!zipped && announced > limit)
        {
            return TooLarge(limit);
        }

        var body = queue.Rent(context.FindSender()?.Lane ?? Lane.Normal);
        try
        {
            var fault = zipped
                ? await Unzip(context, body, limit)
                : await Fill(context.Request.Body, body, limit, (int)Math.Min(announced + 1 ?? 1, Announced), context.RequestAborted);
            if (fault is null)
            {
                return new ReadBody(body, StatusCodes.Status200OK, "");
            }

            body.Dispose();
            return fault.Value;
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            body.Dispose();
            return failure is BadHttpRequestException bad
                ? ReadBody.No(bad.StatusCode, "The request could not be read.")
                : ReadBody.No(StatusCodes.Status400BadRequest, "The body is not gzip, as its encoding says.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Sizes are counted here, after decompression; and what is refused is read away for a while, so that its sender sees the answer. To be said before a byte is read.</summary>
    public static void CountOurselves(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static async Task<ReadBody?> Unzip(HttpContext context, PooledBody body, long limit)
    {
        await using var unzipped = new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true);
        return await Fill(unzipped, body, limit, 1, context.RequestAborted);
    }

    private static async Task<ReadBody?> Fill(Stream from, PooledBody body, long limit, int expected, CancellationToken cancellationToken)
    {
        for (var atLeast = expected; ; atLeast = 1)
        {
            var left = limit - body.Memory.Length;
            if (left == 0)
            {
                return await from.ReadAsync(new byte[1], cancellationToken) == 0 ? null : TooLarge(limit);
            }

            if (body.Room((int)Math.Min(left, atLeast)) is not { } room)
            {
                return ReadBody.No(StatusCodes.Status429TooManyRequests, "More is waiting to be stored than may wait. Come again shortly.");
            }

            var read = await from.ReadAsync(room[..(int)Math.Min(room.Length, left)], cancellationToken);
            if (read == 0)
            {
                return null;
            }

            body.Advance(read);
        }
    }

    private static ReadBody TooLarge(long limit) =>
        ReadBody.No(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes after decompression. Send it in parts.");
}
