using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Parts;

/// <summary>Facts as plain text for somebody else's ticket system: a headline, a line for each fact, addresses last. Times are UTC, so that they mean the same to every reader.</summary>
public sealed class TicketText(string headline)
{
    private const int Column = 12;

    private readonly StringBuilder _facts = new();
    private readonly StringBuilder _links = new();

    /// <summary>One fact; nothing is said where there is none.</summary>
    public TicketText Say(string name, string? fact)
    {
        if (!string.IsNullOrWhiteSpace(fact))
        {
            _facts.Append(CultureInfo.InvariantCulture, $"{name + ":",-Column} {Line(fact)}\n");
        }

        return this;
    }

    /// <summary>Several facts of one sort, as one line.</summary>
    public TicketText Say(string name, IEnumerable<string> facts) => Say(name, string.Join("; ", facts));

    /// <param name="root">The console's address without a slash at the end.</param>
    /// <param name="path">Begins with a slash.</param>
    public TicketText Link(string root, string path)
    {
        _links.Append(CultureInfo.InvariantCulture, $"{root}{path}\n");
        return this;
    }

    /// <summary><c>2026-10-30 16:42:07 UTC</c>; nothing for nothing.</summary>
    public static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Line(headline)}\n\n{_facts}\n{_links}".TrimEnd('\n') + "\n";

    // What a sender wrote stays on its line: it can neither add lines of its own nor move the cursor.
    private static string Line(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
