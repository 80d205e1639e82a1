using System.IO.Compression;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E.Promises;

/// <summary>A body is measured after decompression, and refused without being held.</summary>
[Collection(Measured.Name)]
public sealed class R7_Size_limits_hold : Promise
{
    private const int Megabyte = 1 << 20;
    private const int TooLarge = 70;
    private const int Attempts = 5;
    private const int WarmBatches = 20;
    private static readonly (string Path, string Type)[] s_doors = [("/v1/events", Wire.Batch), ("/v1/traces", Wire.Protobuf), ("/v1/traces", "application/json")];

    [Fact]
    public Task What_is_too_large_is_refused_in_the_right_encoding_and_memory_stays() => Keep(async () =>
    {
        await using var stage = await Stage.Start();
        // At work before it counts: its code is compiled, and its young objects have filled what the collector lets them have.
        for (var batch = 0; batch < WarmBatches; batch++)
        {
            var name = batch;
            await stage.Post(Enumerable.Range(0, 2_000).Select(i => Load.Event($"warm-{name}-{i}")));
        }

        await stage.ConservationHolds();
        var before = stage.Memory;
        var most = before;
        using var over = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                most = Math.Max(most, stage.Memory);
                await Task.Delay(20);
            }
        });

        var refused = 0;
        var rounds = Of(1, 10);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (path, type) in s_doors)
            {
                await IsRefused(stage, path, type, () => new ByteArrayContent(new byte[TooLarge * Megabyte]), null);
                await IsRefused(stage, path, type, () => new StreamContent(new Endless(TooLarge * (long)Megabyte)), null);
                await IsRefused(stage, path, type, () => new ByteArrayContent(s_bomb), "gzip");
                refused += 3;
            }
        }

        await over.CancelAsync();
        await watch;
        var grown = (most - before) / Megabyte;
        Assert.True(grown < 100, $"memory grew by {grown} MiB, from {before / Megabyte}");
        Assert.Equal(new Receipt(1, 0, 0, 0), await stage.Post([Load.Event("after")]));
        await stage.ConservationHolds();
        return $"{refused} bodies ({TooLarge} MiB with a length, without one, and a {s_bomb.Length / Megabyte} MiB gzip of 10 GiB) to {s_doors.Length} doors: all 413 in their encoding; memory grew by {grown} MiB at most";
    });

    /// <summary>A gzip file may be several, one after the other: each of these small ones unfolds to 16 MiB.</summary>
    private static readonly byte[] s_bomb = Bomb();

    private static byte[] Bomb()
    {
        using var part = new MemoryStream();
        using (var zip = new GZipStream(part, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(new byte[16 * Megabyte]);
        }

        return [.. Enumerable.Repeat(part.ToArray(), 640).SelectMany(bytes => bytes)];
    }

    // A client that is still sending when it is refused may see the connection end instead of the answer: then it asks again.
    private static async Task IsRefused(Stage stage, string path, string type, Func<HttpContent> body, string? encoding)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var content = body();
                var answer = await stage.Console.Send(path, type, content, encoding);
                Assert.Equal(413, answer.Status);
                Assert.Equal(path == "/v1/traces" ? type : "application/problem+json", answer.ContentType);
                return;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>So many spaces, with no length told before.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            Array.Fill(buffer, (byte)' ', offset, read);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
