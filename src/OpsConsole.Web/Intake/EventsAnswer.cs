using OpsConsole.Intake;

namespace OpsConsole.Web.Intake;

/// <summary>What became of each event of a body: the four add up to the events sent.</summary>
internal sealed record EventsAnswer(int Accepted, int Duplicates, IReadOnlyList<EventsAnswer.Conflicting> Conflicts, IReadOnlyList<EventsAnswer.Refused> Quarantined)
{
    public static EventsAnswer Of(Delivery delivery) => new(
        delivery.Readings.Count(reading => reading.Verdict is Verdict.Stored),
        delivery.Readings.Count(reading => reading.Verdict is Verdict.Duplicate),
        [.. delivery.Readings.Where(reading => reading.Verdict is Verdict.Conflict).Select(reading => new Conflicting(reading.Index, reading.Id))],
        [.. delivery.Readings.Where(reading => reading.Verdict is Verdict.Quarantined).Select(reading => new Refused(reading.Index, reading.Id, reading.Refused!.Message))]);

    internal sealed record Conflicting(int Index, string? Id);

    internal sealed record Refused(int Index, string? Id, string Reason);
}
