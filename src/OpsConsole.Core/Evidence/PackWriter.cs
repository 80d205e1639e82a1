using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Evidence;

/// <summary>Writes files into a zip and keeps the SHA-256 of each, as <c>sha256sum</c> lists them.</summary>
internal sealed class PackWriter(Stream content) : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly ZipArchive _zip = new(content, ZipArchiveMode.Create, leaveOpen: true);
    private readonly StringBuilder _sums = new();

    public Task Json<T>(string name, T value, CancellationToken cancellationToken) => Bytes(name, JsonSerializer.SerializeToUtf8Bytes(value, s_json), cancellationToken);

    public Task Text(string name, string text, CancellationToken cancellationToken) => Bytes(name, Encoding.UTF8.GetBytes(text), cancellationToken);

    public async Task Lines(string name, IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var file = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            hash.AppendData(bytes);
            await file.WriteAsync(bytes, cancellationToken);
        }

        Sum(name, hash.GetHashAndReset());
    }

    /// <summary>Closes the list of files, and signs it.</summary>
    /// <returns>Its own SHA-256, in hexadecimal.</returns>
    public async Task<string> End(Func<byte[], Task<byte[]>> sign, CancellationToken cancellationToken)
    {
        var sums = Encoding.UTF8.GetBytes(_sums.ToString());
        await Bytes(PackCheck.Sums, sums, cancellationToken);
        await Bytes(PackCheck.Signature, await sign(sums), cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(sums));
    }

    public void Dispose() => _zip.Dispose();

    private async Task Bytes(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var file = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        await file.WriteAsync(bytes, cancellationToken);
        Sum(name, SHA256.HashData(bytes));
    }

    // Two blanks, as sha256sum writes and reads it.
    private void Sum(string name, byte[] hash) => _sums.Append(Convert.ToHexStringLower(hash)).Append("  ").Append(name).Append('\n');
}
