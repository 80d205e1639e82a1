namespace OpsConsole.Cases.Types;

internal sealed class Throttled : ExceptionType
{
    public override string Code => "throttled";
    public override string Label => "Throttled";
    public override string Hint => "The target asked to slow down. Sending again later is enough.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("RATE_LIMITED", "throttled"), new("429", "throttled", ObjectType: "order")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "throttled";

    public override string Title(ExceptionSignal signal) => $"{SystemNames.Capital(signal.System)} asked to slow down";
}
