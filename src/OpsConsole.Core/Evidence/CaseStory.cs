using System.Globalization;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Replay;

namespace OpsConsole.Evidence;

/// <summary>What happened to one exception, in words and in the order of time.</summary>
internal static class CaseStory
{
    public static string Tell(CaseView view, RepairView? repair, Starter? starter, IReadOnlyList<AuditEntry> entries, Dictionary<Guid, string> bound, string madeFor)
    {
        var row = view.Case;
        var page = new StoryPage($"{row.Name}: {row.Title}");
        page.Say(madeFor);
        page.Say($"It concerns {row.ObjectType} {row.ObjectId}{(row.ObjectLabel is { } label ? $" ({label})" : "")} of the unit {row.Unit}, and stands at: {CaseWords.Code(row.State)}.");
        page.Say($"{row.System} said at {StoryPage.Time(row.FailedAt)}: {view.Error?.Code} {view.Error?.Message}".TrimEnd());
        page.Say(row.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"At risk: {row.Currency} {amount:N2}{(row.Reporting is { } reporting ? $", {view.ReportingCurrency} {reporting:N2}" : "")}.") : "No amount is known.");
        Started(page, starter);
        page.Head("Steps").Table(["When", "Who", "What", "From", "To", "Why"], view.Steps.Select(Step), "Nothing was done yet.");
        if (repair is not null)
        {
            Payloads(page, repair);
            Replays(page, repair, bound);
        }

        page.Head("How it ended").Say(row.EndedAt is null ? "It has not ended." : $"{StoryPage.Time(row.EndedAt)}: {row.Ending}{(row.ProofEvent is { } proof ? $" Proven by the event {proof}." : "")}");
        page.Head("What was said of the object").Table(
            ["Happened", "Received", "System", "Operation", "Outcome", "State", "Error", "Event"],
            view.Facts.Select(fact => (string[])[StoryPage.Time(fact.Time), StoryPage.Time(fact.ReceivedAt), fact.System, fact.Operation, fact.Outcome.ToString(), fact.State ?? "", $"{fact.ErrorCode} {fact.ErrorMessage}", $"{fact.Source} {fact.EventId}"]),
            "No fact is known.");
        return Audit(page, entries).ToString();
    }

    public static StoryPage Audit(StoryPage page, IEnumerable<AuditEntry> entries) => page.Head("The audit's entries").Table(
        ["When", "Who", "Action", "What", "Detail", "Hash"],
        entries.Select(entry => (string[])[StoryPage.Time(entry.At), entry.ActorName, entry.Action, entry.Subject, entry.Detail, Convert.ToHexStringLower(AuditBytes.HashOf(entry))]),
        "There is none.");

    private static void Started(StoryPage page, Starter? starter)
    {
        page.Head("Who started it");
        if (starter?.First is { } first)
        {
            page.Say($"{(first.Person is { } person ? $"{person} in {first.System}" : first.System)}, {first.Type} {first.Id} at {StoryPage.Time(first.Time)}, received from the source {first.Sender} at {StoryPage.Time(first.ReceivedAt)}.");
        }

        page.Table(
            ["Happened", "Fact", "System", "Source", "Event", "Why it comes before"],
            starter?.Way.Reverse().Select(step => (string[])[StoryPage.Time(step.Time), $"{step.Type} {step.Id} {step.Operation}", step.System, step.Sender, $"{step.Source} {step.EventId}", step.How]) ?? [],
            "No fact speaks of it.");
    }

    private static IReadOnlyList<string> Step(CaseStep step) =>
        [StoryPage.Time(step.At), step.ActorName, CaseWords.Code(step.Action), CaseWords.Code(step.From), CaseWords.Code(step.To), step.Reason];

    private static void Payloads(StoryPage page, RepairView repair)
    {
        page.Head("The message that failed").Code(repair.Original ?? "The event carried none.");
        page.Head("Repairs").Table(
            ["Version", "When", "Who", "Why", "Contract", "SHA-256"],
            repair.Versions.Select(version => (string[])[
                version.Version.ToString(CultureInfo.InvariantCulture), StoryPage.Time(version.At), version.AuthorName, $"{version.Reason} {version.Note}", $"{version.Contract} {version.ContractVersion}".Trim(), version.Hash]),
            "None was made.");
        foreach (var version in repair.Versions)
        {
            page.Say($"Version {version.Version}:").Code(version.Body);
        }
    }

    private static void Replays(StoryPage page, RepairView repair, Dictionary<Guid, string> bound)
    {
        page.Head("Replays and approvals").Table(
            ["Asked for", "By", "Approved by", "Version", "Target", "Key", "Bound to (SHA-256 of payload and target)", "State", "Finding"],
            repair.Replays.Select(replay => (string[])[
                StoryPage.Time(replay.CreatedAt), replay.RequestedByName, replay.ApprovedByName ?? "nobody else was needed", replay.PayloadVersion.ToString(CultureInfo.InvariantCulture), replay.Target,
                replay.IdempotencyKey, bound.GetValueOrDefault(replay.Id, ""), replay.State.ToString(), replay.Finding ?? ""]),
            "Nothing was sent.");
        page.Head("Attempts").Table(
            ["When", "Attempt", "Took", "Answer", "Fault", "Trace"],
            repair.Replays.SelectMany(replay => replay.Attempts).Select(attempt => (string[])[
                StoryPage.Time(attempt.At), attempt.Number.ToString(CultureInfo.InvariantCulture), $"{attempt.Milliseconds} ms", $"{attempt.StatusCode} {attempt.Answer}".Trim(), attempt.Fault ?? "", attempt.TraceId]),
            "There was none.");
    }
}
