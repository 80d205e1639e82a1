namespace OpsConsole.Cases.Differences;

/// <summary>One thing that sets some apart from others.</summary>
/// <param name="Field">As people find it: <c>payload.taxCode</c>, <c>region</c>.</param>
/// <param name="Kind">How it is borne.</param>
/// <param name="Value">The value that it has.</param>
/// <param name="FailedShare">Of the failed, 0 to 1.</param>
/// <param name="HealthyShare">Of the healthy, 0 to 1.</param>
/// <param name="AtRisk">Of the open ones that bear it, in the reporting currency.</param>
/// <param name="Strength">The G statistic, to compare by.</param>
/// <param name="Named">The error complains about this field.</param>
/// <param name="Sentence">All of it in one sentence.</param>
public sealed record Difference(string Field, MarkKind Kind, string? Value, double FailedShare, double HealthyShare, decimal AtRisk, double Strength, bool Named, string Sentence)
{
    /// <param name="mark">What was found.</param>
    /// <param name="atRisk">Of the ones that bear it.</param>
    /// <param name="named">The error complains about the field.</param>
    /// <param name="others">What the others are called: <c>the healthy ones</c>.</param>
    /// <param name="money">What the sentence ends with.</param>
    internal static Difference Of(FoundMark mark, decimal atRisk, bool named, string others, string money) => new(
        mark.Field, mark.Kind, mark.Value, mark.Association.FailedShare, mark.Association.HealthyShare, atRisk, mark.Association.Strength, named, DifferenceSentence.Of(mark, others) + money);
}
