using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>What is too large is refused after decompression, in the encoding that was sent, and costs little memory.</summary>
public sealed class SizeLimitTests(LiveConsole console) : IClassFixture<LiveConsole>
{
    private const int Megabyte = 1 << 20;
    private const long Growth = 100L * Megabyte;
    private const string Events = "application/cloudevents-batch+json";
    private const string Traces = "application/x-protobuf";

    [Fact]
    public async Task Bodies_over_the_limit_are_refused_and_memory_grows_by_less_than_100_megabytes()
    {
        await Post("/v1/events", Events, new ByteArrayContent("[]"u8.ToArray()));
        await Post("/v1/traces", Traces, new ByteArrayContent([]));
        var before = await console.PeakMemory();

        foreach (var (path, type, refused) in (IEnumerable<(string, string, string)>)[("/v1/events", Events, "application/problem+json"), ("/v1/traces", Traces, Traces)])
        {
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, refused), await Post(path, type, new ZeroContent(70, announced: true)));
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, refused), await Post(path, type, new ZeroContent(70, announced: false)));
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, refused), await Post(path, type, Bomb()));
        }

        Assert.InRange(await console.PeakMemory() - before, 0, Growth);
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_read_with_and_without_a_length()
    {
        var announced = await Post("/v1/events", Events, new ZeroContent(64, announced: true));
        var chunked = await Post("/v1/events", Events, new ZeroContent(64, announced: false));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (announced.Status, chunked.Status));
    }

    private async Task<(HttpStatusCode Status, string? Type)> Post(string path, string type, HttpContent content)
    {
        using (content)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
            request.Headers.ExpectContinue = true;
            using var answer = await console.Http.SendAsync(request);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    /// <summary>10 MB that become 10 GB: a gzip file may have many members, each of 64 MB of nothing.</summary>
    private static ByteArrayContent Bomb()
    {
        using var member = new MemoryStream();
        using (var zip = new GZipStream(member, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(new byte[64 * Megabyte]);
        }

        var bytes = member.ToArray();
        var content = new ByteArrayContent([.. Enumerable.Repeat(bytes, 160).SelectMany(one => one)]);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>So many megabytes of zeros, made as they are sent.</summary>
    private sealed class ZeroContent(int megabytes, bool announced) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var zeros = new byte[Megabyte];
            for (var i = 0; i < megabytes; i++)
            {
                await stream.WriteAsync(zeros);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)megabytes * Megabyte;
            return announced;
        }
    }
}
