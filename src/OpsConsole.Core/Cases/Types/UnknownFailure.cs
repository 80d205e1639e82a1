namespace OpsConsole.Cases.Types;

internal sealed class UnknownFailure : ExceptionType
{
    public override string Code => "unknown-failure";
    public override string Label => "Unknown failure";
    public override string Hint => "Read the message and the trace; tell integration support when it repeats.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("X1", "unknown"), new("X2"), new("X3", "somebody-elses-word")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.Kind is SignalKind.Failure;

    public override string Title(ExceptionSignal signal) => $"Failed in {SystemNames.Of(signal.System)}: {signal.ErrorMessage ?? signal.ErrorCode}";

    public override string Cause(ExceptionSignal signal) => $"{signal.ErrorCode}, {SystemNames.Of(signal.System)}";
}
