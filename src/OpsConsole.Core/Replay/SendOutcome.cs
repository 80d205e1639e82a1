using OpsConsole.Cases;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What each note means for the replay and its exception: delivered, proven, refused, tried later, parked, waiting.</summary>
internal sealed class SendOutcome(ReplayRecord record, ILogger<SendOutcome> log)
{
    /// <summary>So many sends of one replay without an answer, while others get through, and it goes back to its steward.</summary>
    public const int MostAttempts = 12;

    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    /// <param name="note">What happened.</param>
    /// <param name="target">Where.</param>
    /// <param name="down">The target counts as down: what could not be sent is parked.</param>
    public void Take(SendNote note, ReplayTarget target, bool down, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        if (note is Sent { Prepared.What: { } what } tried)
        {
            Attempt(tried, what, item, @case, write);
            if (item.Attempts != what.Attempt)
            {
                return;                  // a later attempt of another holder decides
            }
        }

        if (item.State is not (ReplayState.Sending or ReplayState.Due))
        {
            return;
        }

        item.HeldUntil = null;
        switch (note)
        {
            case Sent { Result: { Verdict: SendVerdict.Delivered } delivered }:
                Delivered(delivered, target, item, @case, write);
                break;
            case Sent { Result: { Verdict: SendVerdict.Refused } refused }:
                Fail($"{target.Name} refused it, {refused.Say()}", item, @case, write);
                break;
            case Sent { Result: var unanswered }:
                Later(unanswered, target, down, item, @case, write);
                break;
            case Found { Held: var held }:
                AlreadyThere(held, item, @case, write);
                break;
            case NotSent { Why: var why }:
                Fail($"not sent: {why}", item, @case, write);
                break;
            case Blocked { Parent: var parent }:
                (item.State, item.WaitsFor, item.Finding) = (ReplayState.Waiting, parent.Id, parent.Say());
                break;
            default:
                NotBegun(target, down, item, @case, write);
                break;
        }
    }

    private static void Attempt(Sent tried, Sending what, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        write.Attempts.Add(new ReplayAttempt
        {
            ItemId = item.Id, Number = what.Attempt, CaseId = @case.Id, At = tried.At, Milliseconds = (int)tried.Result.Took.TotalMilliseconds,
            StatusCode = tried.Result.Status, Answer = tried.Result.Answer, Fault = Cut(tried.Result.Fault), TraceId = tried.Result.TraceId,
        });
        @case.Attempts++;
    }

    private void Delivered(SendResult result, ReplayTarget target, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        (item.State, item.DeliveredAt, item.Finding) = (ReplayState.Delivered, record.Now, null);
        item.ProofDueAt = record.Now.AddSeconds(target.ProofSeconds);
        item.DueAt = record.Now + s_firstLook;
        if (record.Move(@case, CaseAction.Sent, $"delivered to {target.Name}, {result.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "confirmed"}; proof is due within {target.ProofSeconds}s", write))
        {
            @case.ProofDueAt = item.ProofDueAt;
        }
    }

    // Just so is the proof itself; otherwise a person must decide which of the two is right.
    private void AlreadyThere(DryRunResult held, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        if (held.Verdict is not DryRunVerdict.NoOp)
        {
            Fail($"not sent, it would be a duplicate: {held.Sentence}", item, @case, write);
            return;
        }

        var evidence = $"Read back before the send, so not sent again: {held.Sentence}";
        item.End(ReplayState.Proven, evidence, record.Now);
        if (record.Move(@case, CaseAction.Proven, evidence, write))
        {
            (@case.Ending, @case.ProofKey, @case.ProofDueAt) = (Cut(evidence), null, null);
        }

        log.ReplayEnded(item.Id, item.State);
    }

    private void Fail(string why, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        var mine = @case.State is CaseState.Replaying;
        item.End(mine ? ReplayState.Failed : ReplayState.Cancelled, why, record.Now);
        record.Move(@case, CaseAction.SendFailed, why, write);
        log.ReplayEnded(item.Id, item.State);
    }

    private void Later(SendResult result, ReplayTarget target, bool down, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        item.Finding = Cut(result.Say());
        if (down)
        {
            Park($"{target.Name} is down after {item.Attempts} attempts: {result.Say()}", item, @case, write);
        }
        else if (item.Attempts >= MostAttempts)
        {
            Fail($"{target.Name} gave no good answer to {item.Attempts} attempts while others got through: {result.Say()}", item, @case, write);
        }
        else
        {
            (item.State, item.DueAt) = (ReplayState.Due, record.Now + Wait(item.Attempts, result.RetryAfter));
        }
    }

    // It was not sent, so it was no attempt. A target that only asked for a pause gets it when the pause is over.
    private void NotBegun(ReplayTarget target, bool down, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        item.Attempts--;
        if (down)
        {
            Park($"{target.Name} is down", item, @case, write);
        }
        else
        {
            item.State = ReplayState.Due;
        }
    }

    private void Park(string why, ReplayItem item, ExceptionCase @case, ReplayWrite write)
    {
        item.State = ReplayState.Parked;
        record.Move(@case, CaseAction.Park, why, write);
    }

    /// <summary>What the target asked for; else twice as long after each attempt. A tenth more or less, so that those who failed together do not come back together.</summary>
    public static TimeSpan Wait(int attempts, TimeSpan? asked)
    {
        var wait = asked ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 8)));
        var jitter = asked is null ? 0.9 + (Random.Shared.NextDouble() * 0.2) : 1 + (Random.Shared.NextDouble() * 0.1);
        return (wait < s_longestWait ? wait : s_longestWait) * jitter;
    }

    private static string? Cut(string? text) => text is { Length: > Columns.Sentence } ? text[..Columns.Sentence] : text;
}
