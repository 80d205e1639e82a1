namespace OpsConsole.Cases.Types;

internal sealed class AlreadyOnRecord : ExceptionType
{
    public override string Code => "already-on-record";
    public override string Label => "Already on record";
    public override string Hint => "The receiving system has it already: compare both, then dismiss this or correct what differs.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("ALREADY_EXISTS", "duplicate", "tranId"), new("DUP", "duplicate", ObjectType: "payment")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "duplicate";

    public override string Title(ExceptionSignal signal) => $"Already on record in {SystemNames.Of(signal.System)}";
}
