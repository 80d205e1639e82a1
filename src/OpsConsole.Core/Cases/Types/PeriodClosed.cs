namespace OpsConsole.Cases.Types;

internal sealed class PeriodClosed : ExceptionType
{
    public override string Code => "period-closed";
    public override string Label => "Period is closed";
    public override string Hint => "Move the posting date into an open period, or have the period opened.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("PERIOD_CLOSED", "validation", "postingDate"), new("CLOSED_PERIOD", "conflict")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "periodclosed", "closedperiod", "periodlocked");

    public override string Title(ExceptionSignal signal) => $"The period is closed in {SystemNames.Of(signal.System)}";

    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.ErrorCode, signal.LegalEntity];

    public override string Cause(ExceptionSignal signal) => signal.LegalEntity is null ? Label : $"{Label}, {signal.LegalEntity}";
}
