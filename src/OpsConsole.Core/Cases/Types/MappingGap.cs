namespace OpsConsole.Cases.Types;

internal sealed class MappingGap : ExceptionType
{
    public override string Code => "mapping-gap";
    public override string Label => "Mapping missing";
    public override string Hint => "A value has no counterpart in the receiving system. Repair this one; have the mapping completed for the next.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("NO_MAPPING", "mapping", "product"), new("UNMAPPED_UNIT", "mapping")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.ErrorCategory is "mapping";

    public override string Title(ExceptionSignal signal) => $"No counterpart in {SystemNames.Of(signal.System)}: {Said(signal)}";

    private static string Said(ExceptionSignal signal) => signal.ErrorAttribute ?? signal.ErrorMessage ?? signal.ErrorCode ?? "unknown value";

    public override string Cause(ExceptionSignal signal) => signal.ErrorAttribute is null ? $"{Label}, {SystemNames.Of(signal.System)}" : $"{Label}: {signal.ErrorAttribute}";
}
