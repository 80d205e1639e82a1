using System.Globalization;
using OpsConsole.Cases;
using OpsConsole.Replay.Targets;

namespace OpsConsole.Replay;

/// <summary>What is known of an exception when its target is asked.</summary>
/// <param name="Case">The exception.</param>
/// <param name="KnownVersion">The object's version at the target as the last fact of that system told it; nothing: none told one.</param>
internal sealed record Asked(ExceptionCase Case, long? KnownVersion);

/// <summary>Compares what a target holds with what would be sent, and says what a replay would do. Pure: it asks nobody and writes nothing.</summary>
internal static class DryRunJudge
{
    private static readonly string[] s_changing = ["update", "change", "set", "patch", "upsert", "sync"];

    /// <summary>A replay of this would make a double, or change nothing: it is refused, with <see cref="DryRunResult.Sentence"/> as the reason.</summary>
    public static bool IsDouble(DryRunVerdict verdict) => verdict is DryRunVerdict.NoOp or DryRunVerdict.Conflict;

    public static DryRunResult Judge(Asked asked, ReplayTarget target, Holding holding, string body, DateTimeOffset now)
    {
        var what = $"{asked.Case.ObjectType} {asked.Case.ObjectId}";
        var held = holding.Exists ? HeldObject.Read(holding.Body) : null;
        var sent = HeldObject.Read(body)?.Worth ?? (asked.Case is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : (Money?)null);
        if (!holding.Answered || (holding.Exists && held is null))
        {
            return Result(DryRunVerdict.Unknown, $"It cannot be told: {holding.Fault ?? "the target's answer is not a JSON object"}.");
        }

        if (held is null)
        {
            return Result(DryRunVerdict.Create, $"{target.Name} does not have {what} yet: it would be created, no double.") with
            {
                Money = sent is { } all ? new MoneyEffect(null, all) : null,
                Effects = HeldObject.Effects(body, null, DryRunVerdict.Create),
            };
        }

        var (verdict, sentence, differing) = Held(asked.Case, target, held, body, what);
        return Result(verdict, sentence) with
        {
            Differences = differing,
            Effects = HeldObject.Effects(body, held, verdict is DryRunVerdict.NoOp ? DryRunVerdict.Update : verdict),
            Money = sent is { } money ? new MoneyEffect(held.Worth, money) : null,
            Moved = Moved(asked, held),
        };

        DryRunResult Result(DryRunVerdict said, string words) => new(said, words, [], target.Name, now);
    }

    private static (DryRunVerdict Verdict, string Sentence, IReadOnlyList<AttributeDifference> Differing) Held(
        ExceptionCase @case, ReplayTarget target, HeldObject held, string body, string what)
    {
        var compared = held.Compare(body);
        var differing = compared.Where(field => !HeldObject.Same(field)).ToList();
        var names = string.Join(", ", differing.Select(field => field.Name));
        if (held.IsRefused)
        {
            return (DryRunVerdict.Update, $"{target.Name} shows {what} as {held.State}: it would be taken anew.", differing);
        }

        if (differing.Count == 0)
        {
            return compared.Count == 0 && held.State is null
                ? (DryRunVerdict.Conflict, $"{target.Name} already holds {what}, and shows nothing that could be compared: sending it again may make a double.", differing)
                : (DryRunVerdict.NoOp, $"{target.Name} holds {what} just so{(held.State is { } state ? $", {state}" : "")}: nothing would change.", differing);
        }

        return Changes(@case, target)
            ? (DryRunVerdict.Update, $"{target.Name} would change {names} of {what}.", differing)
            : (DryRunVerdict.Conflict, $"{target.Name} already holds {what} with another {names}: sending it again would be refused or make a double.", differing);
    }

    // POST of anything but a change makes something new: a second invoice, a second booking of a payment.
    private static bool Changes(ExceptionCase @case, ReplayTarget target) =>
        target.Method is not "POST" || s_changing.Any(word => @case.Operation.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    private static string? Moved(Asked asked, HeldObject held)
    {
        if (held.Version is { } version && asked.KnownVersion is { } known && version > known)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The target has moved since: it holds version {version}, and {known} was the last one heard of.");
        }

        return held.ChangedAt is { } changed && changed > asked.Case.FailedAt
            ? string.Create(CultureInfo.InvariantCulture, $"The target has moved since the failure: it was changed there at {changed.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
            : null;
    }
}
