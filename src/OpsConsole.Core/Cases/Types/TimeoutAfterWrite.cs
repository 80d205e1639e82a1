namespace OpsConsole.Cases.Types;

internal sealed class TimeoutAfterWrite : ExceptionType
{
    public override string Code => "timeout-after-write";
    public override string Label => "No answer, perhaps written";
    public override string Hint => "The dry run asks the target; sending again with the same key cannot double it.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("TIMEOUT", "timeout"), new("GATEWAY_TIMEOUT", "timeout", ObjectType: "payment")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "timeout";

    public override string Title(ExceptionSignal signal) => $"No answer from {SystemNames.Of(signal.System)}; it may have been written";
}
