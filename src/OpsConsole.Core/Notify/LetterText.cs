using System.Globalization;
using System.Text;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>How items read in a letter: a sentence with count, sum and a way to look.</summary>
/// <param name="currency">The reporting currency.</param>
/// <param name="url">The console's address; empty: only paths are given.</param>
internal sealed class LetterText(string currency, string url)
{
    public string Subject(IReadOnlyList<NoticeItem> items)
    {
        var subject = items.Count == 1 ? Say(items[0]) : $"{items.Sum(item => item.Count).ToString("N0", CultureInfo.InvariantCulture)} notices of {items.Count} causes{(items.Any(item => item.Urgent) ? ", some urgent" : "")}";
        return subject.Length > Columns.Sentence ? subject[..Columns.Sentence] : subject;
    }

    public string Body(IReadOnlyList<NoticeItem> items)
    {
        var body = new StringBuilder();
        foreach (var item in items)
        {
            body.Append(item.Urgent ? "! " : "- ").AppendLine(Say(item)).Append("  ").Append(url).AppendLine(item.Link);
        }

        return body.AppendLine().Append("How and when you are told: ").Append(url).AppendLine("/notices/settings").ToString();
    }

    private string Say(NoticeItem item) =>
        (item.Count > 1 ? $"{item.Count.ToString("N0", CultureInfo.InvariantCulture)} {item.Text}" : item.Text)
        + (item is { Sum: { } sum, Count: > 1 } ? $" ({new Money(sum, currency)})" : "");
}
