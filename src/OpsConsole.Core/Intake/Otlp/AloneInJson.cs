using System.Text;

namespace OpsConsole.Intake.Otlp;

/// <summary>One fact of a request in OTLP/JSON as a request of its own, with its resource and its scope, in the words in which they came.</summary>
internal static class AloneInJson
{
    /// <param name="texts">The text of each part that was read.</param>
    /// <param name="names">Of the lists that hold it, the outermost first.</param>
    /// <param name="resource">Its resource, where it has one.</param>
    /// <param name="scope">Its scope, where it has one.</param>
    /// <param name="fact">Itself.</param>
    public static byte[] Of(IReadOnlyDictionary<object, ReadOnlyMemory<byte>> texts, (string Resources, string Scopes, string Facts) names, object? resource, object? scope, object fact)
    {
        using var json = new MemoryStream();
        Write($"{{\"{names.Resources}\":[{{");
        Part("resource", resource);
        Write($"\"{names.Scopes}\":[{{");
        Part("scope", scope);
        Write($"\"{names.Facts}\":[");
        json.Write(texts[fact].Span);
        Write("]}]}]}");
        return json.ToArray();

        void Write(string text) => json.Write(Encoding.UTF8.GetBytes(text));

        void Part(string name, object? part)
        {
            if (part is not null)
            {
                Write($"\"{name}\":");
                json.Write(texts[part].Span);
                Write(",");
            }
        }
    }
}
