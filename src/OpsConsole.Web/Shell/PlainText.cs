using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Web.Shell;

/// <summary>
/// No text that comes in over HTTP holds the sign NUL: PostgreSQL cannot keep it and no object is called by it, so it is refused at the door in
/// words (CWE-158). Facts have their own door, which keeps what it refuses.
/// </summary>
internal static class PlainText
{
    private const string Nul = "%00";

    /// <summary>Addresses: 400 before anything reads them.</summary>
    public static void UsePlainText(this WebApplication app) => app.Use((http, next) =>
        http.Request.QueryString.Value?.Contains(Nul, StringComparison.Ordinal) is true || http.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) is true
            ? TypedResults.Problem("The address holds the sign NUL (%00), which no text here can hold.", statusCode: StatusCodes.Status400BadRequest, title: "invalid").ExecuteAsync(http)
            : next(http));

    /// <summary>Bodies: 400 with the place in the body.</summary>
    internal sealed class Converter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return text?.Contains('\0', StringComparison.Ordinal) is true ? throw new JsonException("A text here cannot hold the sign NUL (\\u0000).") : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options) ?? "";

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
