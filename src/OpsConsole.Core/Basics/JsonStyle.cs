using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Basics;

/// <summary>How JSON is written where people read it: letters as letters, not as escapes. It is always shown as text, never as markup.</summary>
public static class JsonStyle
{
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };
}
