using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Traces;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Events;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Traces;

namespace OpsConsole.Web.Parts;

/// <summary>What "copy for ticket" says of an exception, a trace, a transaction and an object: what, where, since when, money, ids, addresses. Only what its page shows.</summary>
internal static class Tickets
{
    private const int Most = 12;

    public static string Of(CaseView view, string root)
    {
        var row = view.Case;
        var text = new TicketText($"{row.Name}: {CaseWording.Sentence(row, view.Error)}")
            .Say("What", row.Title)
            .Say("Error", view.Error is { } error ? $"{error.Code}{(error.Category is { } category ? $" ({category})" : "")}{(error.Message is { } message ? $": {message}" : "")}{(error.Attribute is { } attribute ? $", attribute {attribute}" : "")}" : null)
            .Say("Where", Places($"{row.System}{(row.Operation.Length > 0 ? $", {row.Operation}" : "")}", row.Unit, row.LegalEntity, row.Region))
            .Say("Since", TicketText.At(row.OpenedAt))
            .Say("Due", TicketText.At(row.DueAt))
            .Say("State", $"{CaseWording.Status(row).Word}{(row.HolderName is { } holder ? $", held by {holder}" : "")}{(row.EndedAt is { } ended ? $", ended {TicketText.At(ended)}" : "")}")
            .Say("Money", row is { Amount: { } amount, Currency: { } currency } ? $"{new Money(amount, currency)} at risk{(row.Reporting is { } reporting && currency != view.ReportingCurrency ? $" ({new Money(reporting, view.ReportingCurrency)})" : "")}" : null)
            .Say("Attempts", row.Attempts > 0 ? $"{row.Attempts} sent, failed {Say.Count(row.Spells, "time")}" : null)
            .Say("Ids", [$"{row.ObjectType} {row.ObjectId}", .. view.Links.Take(Most).Select(link => $"{link.Type} {link.Id}")])
            .Say("Transaction", view.Transactions.Take(Most).Select(run => $"{run.Flow} {run.LeadId}"))
            .Say("Traces", view.Traces.Take(Most).Select(trace => trace.TraceId))
            .Link(root, $"/exceptions/{row.Name}")
            .Link(root, ObjectUri.To(row.ObjectType, row.ObjectId));
        return Linked(text, root, view.Transactions.Select(run => (run.Flow, run.LeadId)), view.Traces.Select(trace => trace.TraceId), []);
    }

    public static string Of(TraceDetails trace, string root)
    {
        var failed = trace.Spans.Where(span => span.Failed).MaxBy(span => span.Depth);
        var text = new TicketText($"Trace {trace.TraceId}: {TraceWords.Sentence(trace)}")
            .Say("What", trace.Name)
            .Say("Error", failed is null ? null : $"{failed.Service}, {failed.Name}{(failed.ErrorCode is { } code ? $": {code}" : "")}{(failed.ErrorMessage is { } message ? $", {message}" : "")}")
            .Say("Where", Places(trace.Service, [.. trace.Objects.Select(one => one.Unit).Distinct()]))
            .Say("Since", $"{TicketText.At(trace.StartedAt)}, took {TraceWords.Took(trace.DurationMs)}")
            .Say("Spans", $"{Say.Count(trace.SpanCount)} in {Say.Count(trace.Services, "service")}, {Say.Count(trace.Errors, "error")}")
            .Say("Money", trace.Objects.Where(one => one.Amount is not null).Take(Most).Select(one => $"{one.Type} {one.Id} {one.Amount}"))
            .Say("Ids", trace.Objects.Take(Most).Select(one => $"{one.Type} {one.Id}"))
            .Say("Exceptions", Named(trace.Exceptions))
            .Link(root, $"/traces/{trace.TraceId}");
        foreach (var one in trace.Objects.Where(one => one.Known).Take(Most))
        {
            text.Link(root, ObjectUri.To(one.Type, one.Id));
        }

        return Linked(text, root, [], [], trace.Exceptions);
    }

    public static string Of(TransactionDetails run, DateTimeOffset now, string root)
    {
        var text = new TicketText($"{run.FlowLabel} {run.Lead.Id}: {FlowWords.Sentence(run, now)}")
            .Say("What", run.Label)
            .Say("Where", Places($"flow {run.Flow}", run.Unit, run.LegalEntity, run.Region))
            .Say("Since", TicketText.At(run.StartedAt))
            .Say("State", FlowWords.Of(run.Status).Word)
            .Say("Milestones", run.Milestones.Select(step => $"{step.Label} {(step.Time is { } at ? TicketText.At(at) : step.Due is { } due ? $"not reached, due {TicketText.At(due)}" : "not reached")}"))
            .Say("Money", run.Amount?.ToString())
            .Say("Ids", run.Objects.Items.Take(Most).Select(part => $"{part.Type} {part.Id}"))
            .Say("Exceptions", Named(run.Exceptions))
            .Say("Traces", run.Traces.Items.Take(Most).Select(trace => trace.TraceId))
            .Link(root, TransactionUri.To(run.Flow, run.Lead.Id))
            .Link(root, ObjectUri.To(run.Lead.Type, run.Lead.Id));
        return Linked(text, root, [], run.Traces.Items.Select(trace => trace.TraceId), run.Exceptions);
    }

    public static string Of(ObjectDetails found, string root)
    {
        var text = new TicketText(ObjectSentence.Of(found))
            .Say("What", found.Label)
            .Say("Where", Places("", found.Unit, found.LegalEntity, found.Region))
            .Say("Since", found.DisagreesSince is { } since ? $"systems disagree since {TicketText.At(since)}" : TicketText.At(found.FirstAt))
            .Say("Last fact", TicketText.At(found.LastAt))
            .Say("Systems", found.Systems.Select(system => $"{system.System} {system.State ?? system.Outcome.ToString().ToLowerInvariant()}{(system.ErrorCode is { } code ? $" ({code})" : "")} at {TicketText.At(system.Time)}"))
            .Say("Money", found.Amount?.ToString())
            .Say("Ids", [$"{found.Type} {found.Id}", .. found.Aliases.Take(Most).Select(alias => $"{alias.System ?? "merged"} {alias.Id}")])
            .Say("Exceptions", Named(found.Exceptions))
            .Say("Transactions", found.Transactions.Items.Take(Most).Select(run => $"{run.Flow} {run.Lead.Id}"))
            .Say("Traces", found.Traces.Items.Take(Most).Select(trace => trace.TraceId))
            .Link(root, ObjectUri.To(found.Type, found.Id));
        return Linked(text, root, found.Transactions.Items.Select(run => (run.Flow, run.Lead.Id)), found.Traces.Items.Select(trace => trace.TraceId), found.Exceptions);
    }

    private static string Places(string where, params IReadOnlyList<string?> units) =>
        string.Join("; ", new[] { where, string.Join(", ", units.Where(unit => !string.IsNullOrEmpty(unit))) }.Where(part => part.Length > 0));

    private static IEnumerable<string> Named(IEnumerable<RelatedCase> cases) =>
        cases.Take(Most).Select(one => $"{one.Name} {one.Title}{(one.AtRisk is { } risk ? $", {risk} at risk" : "")}{(one.EndedAt is null ? "" : ", ended")}");

    private static string Linked(TicketText text, string root, IEnumerable<(string Flow, string Lead)> runs, IEnumerable<string> traces, IEnumerable<RelatedCase> cases)
    {
        foreach (var one in cases.Take(Most))
        {
            text.Link(root, $"/exceptions/{one.Name}");
        }

        foreach (var (flow, lead) in runs.Take(Most))
        {
            text.Link(root, TransactionUri.To(flow, lead));
        }

        foreach (var trace in traces.Take(Most))
        {
            text.Link(root, $"/traces/{trace}");
        }

        return text.ToString();
    }
}
