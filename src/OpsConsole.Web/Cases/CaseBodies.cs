using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Approvals;

namespace OpsConsole.Web.Cases;

internal sealed record ObjectBody(string Type, string Id);

internal sealed record PersonBody(string Id, string Name);

/// <summary>What is at risk: in its own currency, and in the reporting currency where a rate is known.</summary>
internal sealed record AtRiskBody(decimal Amount, string Currency, decimal? Reporting, DateOnly? RateDate);

/// <summary>What showed that it is consistent: in words, and the event where one did.</summary>
internal sealed record ProofBody(string Said, string? Event, DateTimeOffset At);

/// <summary>An exception as lists answer it (wire contract §6).</summary>
internal record ExceptionBody(
    Guid Id, string Name, string Kind, string State, string Type, string Title, string Fingerprint, string Cause, ObjectBody Object, string? Label, string System, string Operation,
    string Unit, string? LegalEntity, string? Region, string? Queue, PersonBody? Holder, AtRiskBody? AtRisk, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? SnoozedUntil,
    int Spells, bool Open, bool CameBack, int Attempts, ProofBody? Proof, DateTimeOffset? EndedAt, string? Ending, int Version)
{
    public static ExceptionBody Of(CaseRow row) => new(
        row.Id, row.Name, row.Kind is SignalKind.Missing ? "missing" : "failure", CaseWords.Code(row.State), row.Type, row.Title, row.Fingerprint, row.Cause,
        new ObjectBody(row.ObjectType, row.ObjectId), row.ObjectLabel, row.System, row.Operation, row.Unit, row.LegalEntity, row.Region, row.Queue,
        row.Holder is null ? null : new PersonBody(row.Holder, row.HolderName ?? row.Holder),
        row is { Amount: { } amount, Currency: { } currency } ? new AtRiskBody(amount, currency, row.Reporting, row.RateDate) : null,
        row.OpenedAt, row.DueAt, row.SnoozedUntil, row.Spells, !CaseFlow.IsEnded(row.State), row.CameBack, row.Attempts,
        row is { State: CaseState.Resolved, Ending: { } said, EndedAt: { } at } ? new ProofBody(said, row.ProofEvent, at) : null,
        row.EndedAt, row.Ending, row.Version);
}

/// <summary>One exception with its history, what the caller can do, its payloads and its sends.</summary>
internal sealed record ExceptionDetailBody : ExceptionBody
{
    private ExceptionDetailBody(ExceptionBody row)
        : base(row)
    {
    }

    public required string Hint { get; init; }
    public CaseError? Error { get; init; }
    public string? Rule { get; init; }
    public required IReadOnlyList<StepBody> History { get; init; }
    public required IReadOnlyList<ChoiceBody> Choices { get; init; }
    public required IReadOnlyList<SystemSays> Systems { get; init; }
    public required IReadOnlyList<ObjectBody> Links { get; init; }
    public required IReadOnlyList<CaseTransaction> Transactions { get; init; }
    public required IReadOnlyList<CaseTrace> Traces { get; init; }
    public required IReadOnlyList<SimilarCase> Similar { get; init; }
    public required RepairView Repair { get; init; }

    public static ExceptionDetailBody Of(CaseView view, RepairView repair) => new(ExceptionBody.Of(view.Case))
    {
        Hint = view.Hint,
        Error = view.Error,
        Rule = view.RuleSaid,
        History = [.. view.Steps.Select(StepBody.Of)],
        Choices = [.. view.Judged(repair).Choices.Select(choice => new ChoiceBody(CaseWords.Code(choice.Action), choice.Possible, choice.WhyNot))],
        Systems = view.Systems,
        Links = [.. view.Links.Select(link => new ObjectBody(link.Type, link.Id))],
        Transactions = view.Transactions,
        Traces = view.Traces,
        Similar = view.Similar,
        Repair = repair,
    };
}

/// <summary>One line of the history: the step made.</summary>
internal sealed record StepBody(Guid Exception, int Version, string From, string To, string Action, PersonBody By, bool Human, string Reason, DateTimeOffset At)
{
    public static StepBody Of(CaseStep step) => new(
        step.CaseId, step.Version, CaseWords.Code(step.From), CaseWords.Code(step.To), CaseWords.Code(step.Action), new PersonBody(step.ActorId, step.ActorName),
        step.Human, step.Reason, step.At);
}

internal sealed record ChoiceBody(string Action, bool Possible, string? WhyNot);

/// <summary>The list, with what is at risk over all of it.</summary>
internal sealed record ExceptionListBody(IReadOnlyList<ExceptionBody> Items, int Total, string? Next, SumBody AtRisk);

/// <param name="Amount">Each object counted once.</param>
/// <param name="Unconverted">How many are missing from it, because no rate is known.</param>
internal sealed record SumBody(decimal Amount, string Currency, int Unconverted);

internal sealed record ReasonBody(string? Reason);

internal sealed record AssignBody(string? PersonId, string? Reason);

internal sealed record CommentBody(string? Text);

/// <param name="Payload">The whole message: a text as it is, anything else as JSON.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Reason">missing-value, wrong-value, mapping, master-data, format or other.</param>
/// <param name="Fields">Instead of the payload: JSON pointer → value, set in what would be sent now; every other byte stays.</param>
/// <param name="Remove">Fields to take out, by JSON pointer.</param>
/// <param name="Raw">Change what the contract locks, too; takes a right of its own.</param>
internal sealed record RepairBody(
    JsonElement Payload, string? Note, string? Reason = null, IReadOnlyDictionary<string, JsonElement>? Fields = null, IReadOnlyList<string>? Remove = null, bool Raw = false)
{
    /// <summary>What <see cref="Fields"/> and <see cref="Remove"/> ask for; nothing: the whole payload was sent.</summary>
    public IReadOnlyDictionary<string, string?>? Edits()
    {
        if (Fields is null && Remove is null)
        {
            return null;
        }

        var edits = (Fields ?? new Dictionary<string, JsonElement>()).ToDictionary(field => field.Key, string? (field) => field.Value.GetRawText(), StringComparer.Ordinal);
        foreach (var pointer in Remove ?? [])
        {
            edits[pointer] = null;
        }

        return edits;
    }
}

internal sealed record DryRunBody(JsonElement? Payload);

/// <param name="Until">When it comes back by itself; absent with one of the others: as late as is allowed.</param>
/// <param name="Amount">Comes back as soon as its cause has this much at risk, in the reporting currency.</param>
/// <param name="Close">Comes back when the close of its unit's period begins.</param>
internal sealed record SnoozeBody(DateTimeOffset? Until, string? Reason, decimal? Amount = null, bool Close = false);

/// <param name="PersonId">A person's id or e-mail address.</param>
/// <param name="Note">What they must know.</param>
internal sealed record HandOverBody(string? PersonId, string? Note);

/// <param name="AskedOf">Who is asked to decide: a person's id or e-mail address; absent: whoever may.</param>
internal sealed record SubmitBody(string? Reason, string? AskedOf);

/// <param name="Code">settled-elsewhere, not-an-error, duplicate, test-data or accepted.</param>
/// <param name="Text">Why.</param>
internal sealed record DismissBody(string? Code, string? Text);
