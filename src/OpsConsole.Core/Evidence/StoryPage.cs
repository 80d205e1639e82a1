using System.Globalization;
using System.Net;
using System.Text;

namespace OpsConsole.Evidence;

/// <summary>A page that opens without a network: headings, sentences and tables. All that is told in it is escaped.</summary>
internal sealed class StoryPage(string title)
{
    private const string Style =
        "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#141a1e}h1{font-size:1.35rem}h2{font-size:1rem;margin:1.6rem 0 .4rem}"
        + "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #d5dadd;padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
        + "th{font-weight:500;color:#606b72}code,pre{font:12px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}";

    private readonly StringBuilder _body = new();

    public StoryPage Head(string text) => Add($"<h2>{Escape(text)}</h2>");

    public StoryPage Say(string sentence) => Add($"<p>{Escape(sentence)}</p>");

    public StoryPage Code(string text) => Add($"<pre>{Escape(text)}</pre>");

    /// <summary>A table, or a sentence when there is nothing to put into it.</summary>
    public StoryPage Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, string none)
    {
        var lines = rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>").ToList();
        return lines.Count == 0 ? Say(none) : Add($"<table><tr>{string.Concat(heads.Select(head => $"<th>{Escape(head)}</th>"))}</tr>{string.Concat(lines)}</table>");
    }

    public override string ToString() =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{Escape(title)}</title><style>{Style}</style></head><body><h1>{Escape(title)}</h1>{_body}</body></html>\n";

    public static string Time(DateTimeOffset? at) => at is { } moment ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC" : "";

    private StoryPage Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
