using System.Text.Json;
using OpsConsole.Storage;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Why a system refused: <c>{"code": "…", "category": "…", "message": "…", "attribute": "…", "retryable": false}</c>.</summary>
internal sealed record SyncError(string? Code, string? Category, string? Message, string? Attribute, bool? Retryable)
{
    private const string Unknown = "unknown";

    public static SyncError? Read(ref Utf8JsonReader reader, Faults faults)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            if (reader.TokenType is not JsonTokenType.Null)
            {
                faults.Add("error-not-an-object", "error", "must be a JSON object with a code");
                reader.Skip();
            }

            return null;
        }

        var error = new SyncError(null, Unknown, null, null, null);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.Word();
            reader.Read();
            switch (name)
            {
                case "code": error = error with { Code = FieldReader.Text(ref reader, "error.code", Columns.Identity, faults) }; break;
                case "category": error = error with { Category = Known(FieldReader.Text(ref reader, "error.category", int.MaxValue, faults)) }; break;
                case "message": error = error with { Message = FieldReader.Text(ref reader, "error.message", int.MaxValue, faults) }; break;
                case "attribute": error = error with { Attribute = FieldReader.Text(ref reader, "error.attribute", Columns.Identity, faults) }; break;
                case "retryable": error = error with { Retryable = FieldReader.Boolean(ref reader, "error.retryable", faults) }; break;
                default: reader.Skip(); break;
            }
        }

        return error;
    }

    private static string Known(string? category) => category switch
    {
        "validation" or "mapping" or "duplicate" or "conflict" or "authorization" or "throttled" or "timeout" or "unavailable" => category,
        _ => Unknown,
    };
}
