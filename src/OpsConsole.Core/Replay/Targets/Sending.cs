using System.Diagnostics;

namespace OpsConsole.Replay.Targets;

/// <summary>One send: what, under which key, for which exception.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="MessageId">The same at every attempt of one replay.</param>
/// <param name="IdempotencyKey">The same at every attempt.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Body">The payload.</param>
/// <param name="IsJson">Its content type.</param>
/// <param name="Secret">To sign with; nothing: unsigned.</param>
/// <param name="Failed">The trace of the failure, to which the new one is linked.</param>
/// <param name="Letter">Of a dead letter: where it came from and what it carried, as its event keeps it.</param>
internal sealed record Sending(
    Guid CaseId, Guid MessageId, string IdempotencyKey, int Attempt, string Body, bool IsJson, string? Secret, ActivityContext? Failed, string? Letter = null);

internal enum SendVerdict
{
    /// <summary>2xx: delivered, which is not yet resolved.</summary>
    Delivered,

    /// <summary>The target cannot take it now: no answer, or one that says "later".</summary>
    Later,

    /// <summary>The target does not want it: nothing would change by sending it again.</summary>
    Refused,
}

/// <param name="Verdict">What it means.</param>
/// <param name="Status">The answer's status; nothing: no answer.</param>
/// <param name="Answer">The beginning of its body.</param>
/// <param name="Fault">Why there was no answer.</param>
/// <param name="RetryAfter">How long the target asked to wait.</param>
/// <param name="Took">How long it took.</param>
/// <param name="TraceId">The new trace: 16 bytes.</param>
internal sealed record SendResult(
    SendVerdict Verdict, int? Status, string? Answer, string? Fault, TimeSpan? RetryAfter, TimeSpan Took, byte[] TraceId)
{
    /// <summary>As a person reads it: "422: The customer has no tax profile".</summary>
    public string Say() => Status is null ? Fault ?? "no answer" : $"{Status}{(Answer is { Length: > 0 } said ? $": {AnswerWords.Of(said)}" : "")}";
}

/// <summary>What the target holds of an object.</summary>
/// <param name="Answered">False: it could not be asked, and <paramref name="Fault"/> says why.</param>
/// <param name="Exists">It knows the object.</param>
/// <param name="Body">How it shows it: JSON.</param>
internal sealed record Holding(bool Answered, bool Exists, string? Body, string? Fault);
