using System.Globalization;

namespace OpsConsole.Web.Shell;

/// <summary><c>If-Match</c> and <c>ETag</c> of what has a version: <c>"12"</c>.</summary>
internal static class SeenVersion
{
    public static void SetETag(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version that the caller saw; nothing when it named none, or any (<c>*</c>).</summary>
    public static Outcome<Seen> IfMatch(this HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0 || header == "*")
        {
            return new Seen(null);
        }

        var tag = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        return int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new Seen(version)
            : Refusal.Invalid("If-Match", "must be the ETag of the exception as you saw it, like \"12\"");
    }

    internal sealed record Seen(int? Version);
}
