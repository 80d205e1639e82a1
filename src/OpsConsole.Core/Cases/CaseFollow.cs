using System.Globalization;
using OpsConsole.Cases.Types;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Takes one signal into its exception: what the facts say goes into the fields, and what that means into moves, as the system.</summary>
/// <param name="rates">To convert the amount at risk.</param>
/// <param name="causes">What people merged and split.</param>
/// <param name="now">UTC.</param>
internal sealed class CaseFollow(RateTable rates, CauseMap causes, DateTimeOffset now)
{
    /// <summary>The exception of a signal that is seen for the first time. One that ended before anybody looked exists as resolved.</summary>
    public (ExceptionCase Case, List<CaseStep> Steps) Find(ExceptionSignal signal)
    {
        var @case = new ExceptionCase { Id = signal.Id };
        Copy(signal, @case);
        var steps = new List<CaseStep>();
        Step(@case, steps, CaseAction.Found, Heard(signal));
        Close(@case, signal, steps);
        return (@case, steps);
    }

    /// <param name="case">The exception as it is.</param>
    /// <param name="signal">What the facts say now.</param>
    /// <param name="lastFix">How it ended before and by whom, for the reason of a reopening.</param>
    /// <param name="outdated">Its repair was made of another message than the one that has failed now.</param>
    public List<CaseStep> Follow(ExceptionCase @case, ExceptionSignal signal, string? lastFix, bool outdated)
    {
        var steps = new List<CaseStep>();
        if (@case.SignalVersion == signal.Version)
        {
            return steps;
        }

        var seen = new Seen(@case.Spells, @case.FailureKey, @case.ProofKey is not null, @case.Unit, @case.ExceptionType, @case.LegalEntity, @case.Amount, @case.Currency);
        Copy(signal, @case);
        if (signal.Gone)
        {
            return steps;
        }

        if (!signal.Open)
        {
            Close(@case, signal, steps);
        }
        else if (CaseFlow.IsEnded(@case.State))
        {
            Reopen(@case, signal, seen, lastFix, steps);
        }
        else
        {
            Note(@case, signal, seen, steps);
        }

        if (outdated && signal.Open)
        {
            Step(@case, steps, CaseAction.Changed, $"another message has failed now: version {@case.PayloadVersion} of the repair was of the one before and no longer counts");
            @case.PayloadVersion = 0;
        }

        RouteAnew(@case, seen);
        return steps;
    }

    public void Value(ExceptionCase @case) =>
        (@case.ReportingAmount, @case.RateDate) = rates.Convert(@case.Amount, @case.Currency, @case.OpenedAt);

    private void Copy(ExceptionSignal signal, ExceptionCase @case)
    {
        var type = ExceptionCatalog.Recognise(signal);
        @case.Kind = signal.Kind;
        (@case.ObjectKey, @case.ObjectType, @case.ObjectId, @case.ObjectLabel) = (signal.ObjectKey, signal.ObjectType, signal.ObjectId, signal.ObjectLabel);
        (@case.System, @case.Operation) = (signal.System, signal.Operation);
        (@case.ExceptionType, @case.Fingerprint) = (type.Code, type.Fingerprint(signal));
        (@case.Title, @case.Cause) = (Cut(type.Title(signal)), Cut(type.Cause(signal)));
        (@case.FoundAs, @case.FoundCause) = (null, null);
        (@case.ErrorCode, @case.ErrorCategory, @case.ErrorMessage, @case.ErrorAttribute) = (signal.ErrorCode, signal.ErrorCategory, signal.ErrorMessage, signal.ErrorAttribute);
        (@case.ReplayTarget, @case.IdempotencyKey) = (signal.ReplayTarget, signal.IdempotencyKey);
        (@case.FailureKey, @case.TraceId, @case.HasPayload) = (signal.FailureKey, signal.TraceId, signal.HasPayload);
        (@case.Unit, @case.LegalEntity, @case.Region) = (signal.Unit, signal.LegalEntity, signal.Region);
        (@case.Amount, @case.Currency) = (signal.Amount, signal.Currency);
        (@case.Spells, @case.FailedAt, @case.OpenedAt) = (signal.Spells, signal.FailedAt, signal.ReceivedAt);
        causes.Apply(@case);
        @case.SignalVersion = signal.Version;
        @case.MovedTo = signal.Gone && signal.MovedTo != signal.Id ? signal.MovedTo : null;
        @case.ChangedAt = now;
        Value(@case);
    }

    private void Close(ExceptionCase @case, ExceptionSignal signal, List<CaseStep> steps)
    {
        if (signal.Open || @case.State is CaseState.Dismissed)
        {
            return;
        }

        var evidence = Evidence(signal);
        if (@case.State is not CaseState.Resolved)
        {
            Step(@case, steps, CaseAction.Proven, evidence);
        }

        (@case.Ending, @case.ProofKey) = (evidence, signal.EndedBy);
    }

    // An exception that a read-back proved, or a person dismissed, stays ended until a failure comes that it did not know then.
    private void Reopen(ExceptionCase @case, ExceptionSignal signal, Seen seen, string? lastFix, List<CaseStep> steps)
    {
        var undone = @case.State is CaseState.Resolved && seen.ProvenByEvent;
        if (signal.Spells <= seen.Spells && SameBytes(seen.FailureKey, signal.FailureKey) && !undone)
        {
            return;
        }

        Step(@case, steps, CaseAction.Reopen, $"came back: {Heard(signal)}{(lastFix is null ? "" : $". Before: {lastFix}")}");
        (@case.CameBack, @case.Ending, @case.ProofKey) = (true, null, null);
    }

    private void Note(ExceptionCase @case, ExceptionSignal signal, Seen seen, List<CaseStep> steps)
    {
        if (signal.Spells > seen.Spells)
        {
            @case.CameBack = true;
            Step(@case, steps, CaseAction.Changed, $"failed again after it had succeeded: {Heard(signal)}");
        }
        else if (!SameBytes(seen.FailureKey, signal.FailureKey))
        {
            Step(@case, steps, CaseAction.Changed, $"failed again: {Heard(signal)}");
        }
        else if ((seen.Amount, seen.Currency, seen.Unit) != (@case.Amount, @case.Currency, @case.Unit))
        {
            Step(@case, steps, CaseAction.Changed, $"now {Say(@case.Amount, @case.Currency)} in {@case.Unit}, was {Say(seen.Amount, seen.Currency)} in {seen.Unit}");
        }
    }

    private static void RouteAnew(ExceptionCase @case, Seen seen)
    {
        var moved = (seen.Unit, seen.Type, seen.LegalEntity, seen.Amount, seen.Currency) != (@case.Unit, @case.ExceptionType, @case.LegalEntity, @case.Amount, @case.Currency);
        if (!CaseFlow.IsEnded(@case.State) && (moved || @case.Spells > seen.Spells))
        {
            @case.RoutedAt = null;
        }
    }

    private void Step(ExceptionCase @case, List<CaseStep> steps, CaseAction action, string reason)
    {
        if (@case.Move(action, Actor.System, reason, now).Value is { } step)
        {
            steps.Add(step);
        }
    }

    private static string Heard(ExceptionSignal signal) => FeedSilent.Is(signal) ? $"nothing has come since {Time(signal.FailedAt)}; {signal.ErrorMessage}"
        : signal.Kind is SignalKind.Missing
        ? $"{signal.ErrorMessage ?? signal.Operation} was due {Time(signal.FailedAt)} and has not come"
        : $"{SystemNames.Of(signal.System)} said {signal.ErrorCode} at {Time(signal.FailedAt)}";

    private static string Evidence(ExceptionSignal signal) => signal.ErrorCode is FeedSilent.SwitchedOff ? "The source was switched off: nothing is expected of it any more"
        : signal.Kind is SignalKind.Missing
        ? $"It came, at {Time(signal.EndedAt)}"
        : $"{SystemNames.Capital(signal.System)} reported success at {Time(signal.EndedAt)}{Event(signal.EndedBy)}";

    private static string Event(byte[]? key) => key is null ? "" : $" (event {Convert.ToHexStringLower(key)[..12]})";

    private static string Time(DateTimeOffset? at) => at is null ? "an unknown time" : at.Value.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Say(decimal? amount, string? currency) => amount is null || currency is null ? "no amount" : new Money(amount.Value, currency).ToString();

    private static string Cut(string text) => text.Length > Columns.Sentence ? text[..Columns.Sentence] : text;

    private static bool SameBytes(byte[]? a, byte[]? b) => a.AsSpan().SequenceEqual(b);

    private readonly record struct Seen(
        int Spells, byte[]? FailureKey, bool ProvenByEvent, string Unit, string Type, string? LegalEntity, decimal? Amount, string? Currency);
}
