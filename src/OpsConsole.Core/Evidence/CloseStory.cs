using System.Globalization;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Close;

namespace OpsConsole.Evidence;

/// <summary>What stood in the way of a close, what was signed, and what was done in the unit since the period began.</summary>
internal static class CloseStory
{
    public static string Tell(CloseView close, IReadOnlyList<CaseRow> cases, IReadOnlyList<AuditEntry> entries)
    {
        var page = new StoryPage($"Close of {close.Unit}{(close.LegalEntity is { } entity ? $", {entity}" : "")}, {close.Period.Code}");
        page.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"As of {StoryPage.Time(close.At)}: {close.Figures.Exceptions} exceptions are in the way, worth {close.Currency} {close.Figures.AtRisk:N2}; systems disagree about {close.Figures.Disagreements} objects, worth {close.Currency} {close.Figures.Disputed:N2}."));
        page.Head("Sign-offs").Table(
            ["Number", "When", "By", "Numbers of", "Note", "Exceptions then", "At risk then"],
            close.SignOffs.Select(sign => (string[])[
                Say(sign.Number), StoryPage.Time(sign.At), sign.By, StoryPage.Time(sign.AsOf), sign.Note, Say(sign.Figures.Exceptions), sign.Figures.AtRisk.ToString("N2", CultureInfo.InvariantCulture)]),
            "It was not signed off.");
        page.Head("Exceptions that were opened in the period").Table(
            ["Exception", "What", "About", "State", "Amount", "Opened", "Ended", "How"],
            cases.Select(row => (string[])[
                row.Name, row.Title, $"{row.ObjectType} {row.ObjectId}", CaseWords.Code(row.State), row.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{row.Currency} {amount:N2}") : "",
                StoryPage.Time(row.OpenedAt), StoryPage.Time(row.EndedAt), row.Ending ?? ""]),
            "There was none.");
        return CaseStory.Audit(page, entries).ToString();
    }

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);
}
