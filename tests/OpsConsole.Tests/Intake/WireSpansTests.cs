using Google.Protobuf;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.Otlp;

namespace OpsConsole.Tests.Intake;

/// <summary>The reader that goes straight from the bytes to rows says what the generated classes say, or nothing: of bodies as SDKs send them, of strange ones, and of broken ones.</summary>
public class WireSpansTests
{
    private static readonly IntakeOptions s_options = new() { Mappings = new() { ["netsuite.tranid"] = "invoice" } };
    private static readonly DateTimeOffset s_now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_bodies_as_sdks_send_them_it_reads_every_one(int seed)
    {
        var random = new Random(seed);

        var read = Enumerable.Range(0, 500).Select(_ => Agrees(RandomSpans.Usual(random).ToByteArray())).ToList();

        Assert.DoesNotContain(false, read);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Of_strange_bodies_it_says_the_same_or_nothing(int seed)
    {
        var random = new Random(seed);

        var read = Enumerable.Range(0, 1_000).Count(_ => Agrees(RandomSpans.Strange(random).ToByteArray()));

        Assert.InRange(read, 50, 950);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public void Of_broken_bodies_it_says_the_same_or_nothing(int seed)
    {
        var random = new Random(seed);

        var read = Enumerable.Range(0, 5_000).Count(_ => Agrees(Broken(RandomSpans.Usual(random, most: 3).ToByteArray(), random)));

        Assert.InRange(read, 500, 4_500);
    }

    /// <returns>True when it was read, which then was the same.</returns>
    private static bool Agrees(byte[] body)
    {
        var reader = new OtlpReader(Options.Create(s_options), TimeProvider.System);
        using var arena = new Arena();
        var quick = WireSpans.Read(body, EventJson.Anybody, s_now, new BusinessKeys(s_options.Mappings), arena);
        if (quick is null)
        {
            return false;
        }

        var generated = reader.Generated(body, EventJson.Anybody, s_now);
        Assert.True(generated.Accepted, $"read, though the generated classes refuse it: {Convert.ToHexString(body)}");
        var expected = generated.Value!.Readings;
        Assert.Equal(string.Join("\n", expected.Select(Told)), string.Join("\n", quick.Select(Told)));
        return true;
    }

    private static string Told(Reading reading) =>
        reading.Refused is { } refused ? $"refused: {refused.Message}" : System.Text.Json.JsonSerializer.Serialize((reading.Index, reading.Span, Keys: reading.Keys.ToArray()), s_fields);

    private static readonly System.Text.Json.JsonSerializerOptions s_fields = new() { IncludeFields = true };

    /// <summary>Bits turned, bytes cut off, put in or doubled, one body behind another.</summary>
    private static byte[] Broken(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, bytes.Count - at); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3: bytes.RemoveAt(at); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)))); break;
                default: bytes.AddRange(body); break;
            }
        }

        return [.. bytes];
    }
}
