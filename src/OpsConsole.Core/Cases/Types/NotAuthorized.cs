namespace OpsConsole.Cases.Types;

internal sealed class NotAuthorized : ExceptionType
{
    public override string Code => "not-authorized";
    public override string Label => "Not authorised";
    public override string Hint => "The integration user lacks a right in the target. Have it granted; then send again.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("INSUFFICIENT_PERMISSION", "authorization"), new("403", "authorization", ObjectType: "payment")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "authorization";

    public override string Title(ExceptionSignal signal) => $"{SystemNames.Capital(signal.System)} does not let the integration do this";
}
