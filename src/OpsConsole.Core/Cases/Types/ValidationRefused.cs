namespace OpsConsole.Cases.Types;

internal sealed class ValidationRefused : ExceptionType
{
    public override string Code => "validation-refused";
    public override string Label => "Refused by validation";
    public override string Hint => "Read what the system complains about, correct the field, and send again.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("REQUIRED_FIELD", "validation", "name", "customer"), new("OUT_OF_STOCK", "validation", ObjectType: "item")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "validation";

    public override string Title(ExceptionSignal signal) => $"Refused by {SystemNames.Of(signal.System)}: {signal.ErrorMessage ?? signal.ErrorCode}";

    public override string Cause(ExceptionSignal signal) => signal.ErrorAttribute is null ? $"{signal.ErrorCode}, {SystemNames.Of(signal.System)}" : $"{signal.ErrorCode} on {signal.ErrorAttribute}, {SystemNames.Of(signal.System)}";
}
