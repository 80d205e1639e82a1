namespace OpsConsole.Cases.Types;

internal sealed class StateConflict : ExceptionType
{
    public override string Code => "state-conflict";
    public override string Label => "Does not fit its state";
    public override string Hint => "Something it refers to is not there yet or has changed. Look at the systems side by side; often sending again later is enough.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("CUSTOMER_UNKNOWN", "conflict", "entity"), new("STALE_VERSION", "conflict")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "conflict";

    public override string Title(ExceptionSignal signal) => $"Does not fit what {SystemNames.Of(signal.System)} holds: {signal.ErrorMessage ?? signal.ErrorCode}";
}
