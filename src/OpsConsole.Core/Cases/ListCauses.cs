namespace OpsConsole.Cases;

/// <summary>Causes: all exceptions with one fingerprint together. Those with something unended, most at risk first.</summary>
public sealed record ListCauses(string? Unit, string? Queue, int Take, Actor Actor) : IRequest<Outcome<CauseList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record CauseList(IReadOnlyList<CauseRow> Items, int Total, string Currency);

/// <param name="Fingerprint">What its exceptions share.</param>
/// <param name="Cause">In words: "Tax profile missing, region CA".</param>
/// <param name="Type">The exception type's code.</param>
/// <param name="Open">How many have not ended.</param>
/// <param name="Ended">How many have.</param>
/// <param name="Overdue">How many of the open ones are past their due time.</param>
/// <param name="AtRisk">What is open, in the reporting currency, each object counted once.</param>
/// <param name="FirstAt">The earliest receipt.</param>
/// <param name="LastAt">The latest receipt.</param>
/// <param name="Units">Where.</param>
public sealed record CauseRow(
    string Fingerprint, string Cause, string Type, int Open, int Ended, int Overdue, decimal AtRisk, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<string> Units);
