using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// What a person must decide: an exception. Its upper half follows the facts (<c>Follow</c>), its lower half is what people and
/// workers did, and only <see cref="Move"/> changes its state.
/// </summary>
public sealed class ExceptionCase
{
    /// <summary>The signal's id, so that a rebuild keeps every address.</summary>
    public required Guid Id { get; init; }

    /// <summary>Short and for people: EX-20418. Given by the database.</summary>
    public long Number { get; init; }

    public SignalKind Kind { get; set; }

    public Guid ObjectKey { get; set; }

    public string ObjectType { get; set; } = "";

    public string ObjectId { get; set; } = "";

    /// <summary>How people call the object or its customer.</summary>
    public string? ObjectLabel { get; set; }

    /// <summary>The system that refused; for what did not come, the flow.</summary>
    public string System { get; set; } = "";

    /// <summary>The operation; for what did not come, the milestone.</summary>
    public string Operation { get; set; } = "";

    /// <summary>A code of <c>ExceptionCatalog</c>.</summary>
    public string ExceptionType { get; set; } = "";

    /// <summary>Exceptions with one fingerprint are one cause.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>What happened, in business words: <c>No tax profile, refused by NetSuite</c>.</summary>
    public string Title { get; set; } = "";

    /// <summary>The cause in words, the same for all of one fingerprint.</summary>
    public string Cause { get; set; } = "";

    /// <summary>The fingerprint that the facts give it, where a person merged or split its cause; nothing: <see cref="Fingerprint"/> is it.</summary>
    public string? FoundAs { get; set; }

    /// <summary>The cause in words that goes with <see cref="FoundAs"/>.</summary>
    public string? FoundCause { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorCategory { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ErrorAttribute { get; set; }

    public string? ReplayTarget { get; set; }

    public string? IdempotencyKey { get; set; }

    public byte[]? FailureKey { get; set; }

    public byte[]? TraceId { get; set; }

    public bool HasPayload { get; set; }

    public string Unit { get; set; } = Scope.Unassigned;

    public string? LegalEntity { get; set; }

    public string? Region { get; set; }

    /// <summary>Amount at risk in its own currency.</summary>
    public decimal? Amount { get; set; }

    public string? Currency { get; set; }

    /// <summary>Amount at risk in the reporting currency at <see cref="RateDate"/>'s rate; nothing when no rate is known.</summary>
    public decimal? ReportingAmount { get; set; }

    public DateOnly? RateDate { get; set; }

    public int Spells { get; set; }

    /// <summary>When the last spell began, by the events' own time.</summary>
    public DateTimeOffset FailedAt { get; set; }

    /// <summary>Receipt of the fact that opened the last spell; age and due time count from it.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    public int SignalVersion { get; set; }

    /// <summary>An alias or a merge moved it: lists leave it out, its page leads on.</summary>
    public Guid? MovedTo { get; set; }

    public CaseState State { get; private set; } = CaseState.Open;

    /// <summary>The person's id.</summary>
    public string? Holder { get; private set; }

    public string? HolderName { get; private set; }

    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>While it is claimed: when the claim ends unless its holder works on it (UTC). Nothing: a worker gives it an end at its next look.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Nothing until the routing worker has seen it.</summary>
    public string? Queue { get; set; }

    public Guid? RuleId { get; set; }

    /// <summary>Which rule chose the queue, in words, as it read then.</summary>
    public string? RuleSaid { get; set; }

    public DateTimeOffset? RoutedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary><see cref="DueAt"/>, or <see cref="NeverDue"/> where there is none: lists are in this order. The database fills it in.</summary>
    public DateTimeOffset DueOrder { get; private set; }

    /// <summary>When the next level of escalation is to be looked at; nothing when none is ahead.</summary>
    public DateTimeOffset? EscalateAt { get; set; }

    /// <summary>The highest level of escalation that was taken; 0: none.</summary>
    public int Escalation { get; set; }

    /// <summary>Its clock stands still, until then at the latest.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>At risk × urgency as a number to sort by, the highest first: see <see cref="CaseRank"/>. The database computes it.</summary>
    public long RankOrder { get; private set; }

    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>Also woken when its cause has this much at risk in the reporting currency.</summary>
    public decimal? SnoozeAmount { get; set; }

    /// <summary>When it was first laid aside since it last opened: from here the longest time counts, however often it is laid aside again.</summary>
    public DateTimeOffset? FirstSnoozedAt { get; set; }

    /// <summary>Who submitted it for approval.</summary>
    public string? PreparedBy { get; set; }

    public string? PreparedByName { get; set; }

    /// <summary>SHA-256 (hex) of payload and target as submitted: an approval counts for this and nothing else.</summary>
    public string? SubmittedHash { get; set; }

    /// <summary>The latest repaired version; 0 is the original.</summary>
    public int PayloadVersion { get; set; }

    /// <summary>How often it was sent to a target, over all its replays.</summary>
    public int Attempts { get; set; }

    /// <summary>A replay failed to prove itself, or a new failure reopened it: people read "Came back".</summary>
    public bool CameBack { get; set; }

    /// <summary>The deadline (UTC) before which a delivered replay must be proven.</summary>
    public DateTimeOffset? ProofDueAt { get; set; }

    /// <summary>What proved it, in words, once resolved; the reason, once dismissed.</summary>
    public string? Ending { get; set; }

    /// <summary>A code of <see cref="DismissReasons"/>, once dismissed.</summary>
    public string? DismissCode { get; set; }

    /// <summary>The event that proved it, when one did.</summary>
    public byte[]? ProofKey { get; set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Latest change of anything, UTC.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Raised by every step; what a caller must have seen.</summary>
    public int Version { get; private set; }

    /// <summary>Where what has no due time stands among what has: after all of it.</summary>
    public static readonly DateTimeOffset NeverDue = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name => $"EX-{Number}";

    /// <summary>The only way an exception changes state: it checks the table, records who, when and why, and raises the version.</summary>
    /// <param name="action">What is done.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="reason">Why, or what was seen; kept in the history.</param>
    /// <param name="at">Now, UTC.</param>
    /// <param name="heir">Assign only: who holds it from now on.</param>
    public Outcome<CaseStep> Move(CaseAction action, Actor actor, string reason, DateTimeOffset at, (string Id, string Name)? heir = null)
    {
        if (!CaseFlow.TryMove(State, action, out var next))
        {
            // Who was too late is told by whom, not that the table has no such move.
            return action is CaseAction.Claim && HeldByAnother(actor) ? HeldRefusal() : Refusal.Conflict("case.move", $"{action} is not possible while the exception is {Say(State)}.");
        }

        if (WhyNot(action, actor) is { } refusal)
        {
            return refusal;
        }

        if (action is CaseAction.Proven && string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Invalid("reason", "must be the evidence: nothing is closed without it");
        }

        var step = new CaseStep
        {
            CaseId = Id, Version = ++Version, From = State, To = next, Action = action, ActorId = actor.Id, ActorName = actor.Name,
            Reason = reason.Length > Columns.Sentence ? reason[..Columns.Sentence] : reason, At = at, Human = actor.Kind is not ActorKind.System,
        };
        Hold(action, next, actor, at, heir);
        Forget(action, next);
        EndedAt = CaseFlow.IsEnded(next) ? at : null;
        State = next;
        ChangedAt = at;
        return step;
    }

    /// <summary>A state as it reads in the middle of a sentence.</summary>
    public static string Say(CaseState state) => state switch
    {
        CaseState.AwaitingApproval => "awaiting approval",
        CaseState.AwaitingProof => "awaiting proof",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>True when a person other than this one works on it.</summary>
    public bool HeldByAnother(Actor actor) => Holder is not null && Holder != actor.Id;

    internal Refusal HeldRefusal() => Refusal.Conflict("case.held", $"{HolderName} holds this exception since {HeldSince:yyyy-MM-dd HH:mm} UTC.");

    internal Change ToChange(DateTimeOffset at) => new() { Topic = LiveTopic.Cases, Unit = Unit, Queue = Queue, Subject = Id, At = at };

    /// <summary>Why this actor may not do it, though the table would allow it; nothing when they may.</summary>
    internal Refusal? WhyNot(CaseAction action, Actor actor)
    {
        if (actor.Kind is ActorKind.System)
        {
            return null;
        }

        if (action is CaseAction.Approve or CaseAction.Reject)
        {
            return actor.Kind is ActorKind.Key ? Refusal.Forbidden("A key never approves.")
                : PreparedBy == actor.Id ? Refusal.Forbidden("A second person must decide: you prepared it yourself.")
                : action is CaseAction.Approve ? Beyond(actor)
                : null;
        }

        var takesOver = action is CaseAction.Assign && actor.Can(Right.AssignCases);
        return HeldByAnother(actor) && !CaseFlow.IsNote(action) && !takesOver ? HeldRefusal() : action is CaseAction.Dismiss ? Beyond(actor) : null;
    }

    // Sending it again alone is weighed with the rules for a second person, who then decides.
    private Refusal? Beyond(Actor actor) => actor.Mandate.Covers(Amount, ReportingAmount) ? null : Refusal.Forbidden($"It is worth more than the {actor.Mandate.UpTo:N0} in the reporting currency that you decide. Hand it to somebody who decides more.");

    private void Hold(CaseAction action, CaseState next, Actor actor, DateTimeOffset at, (string Id, string Name)? heir)
    {
        if (action is CaseAction.Claim or CaseAction.Assign)
        {
            (Holder, HolderName) = heir ?? (actor.Id, actor.Name);
            HeldSince = at;
        }
        else if (next is CaseState.Open or CaseState.Snoozed or CaseState.Resolved or CaseState.Dismissed && !CaseFlow.IsNote(action))
        {
            (Holder, HolderName, HeldSince) = (null, null, null);
        }
    }

    // What held only while it was claimed, or until it opened again.
    private void Forget(CaseAction action, CaseState next)
    {
        if (next is not CaseState.Claimed || State is not CaseState.Claimed)
        {
            HeldUntil = null;
        }

        if (State is CaseState.Snoozed && next is not CaseState.Snoozed)
        {
            (SnoozedUntil, SnoozeAmount) = (null, null);
        }

        if (action is CaseAction.Reopen)
        {
            (FirstSnoozedAt, DismissCode) = (null, null);
        }
    }
}
