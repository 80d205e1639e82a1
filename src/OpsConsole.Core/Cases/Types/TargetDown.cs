namespace OpsConsole.Cases.Types;

internal sealed class TargetDown : ExceptionType
{
    public override string Code => "target-down";
    public override string Label => "Target down";
    public override string Hint => "The system does not answer. Replays wait until it is back.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("SERVICE_UNAVAILABLE", "unavailable"), new("DELIVERY_FAILED", "unavailable", ObjectType: "package")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "unavailable";

    public override string Title(ExceptionSignal signal) => $"{SystemNames.Capital(signal.System)} could not take it";
}
