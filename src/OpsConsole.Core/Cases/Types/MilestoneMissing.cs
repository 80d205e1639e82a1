namespace OpsConsole.Cases.Types;

internal sealed class MilestoneMissing : ExceptionType
{
    public override string Code => "not-arrived";
    public override string Label => "Not arrived";
    public override string Hint => "Look at the transaction: the step before it is done, this one was never reported. Ask the sending system, or claim it and note what you find.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new(Kind: SignalKind.Missing), new(Kind: SignalKind.Missing, ObjectType: "order")];

    public override bool Recognises(ExceptionSignal signal) =>
        signal.Kind is SignalKind.Missing;

    public override string Title(ExceptionSignal signal) => $"{Step(signal)} has not arrived in time";

    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.Operation];

    public override string Cause(ExceptionSignal signal) => $"{Step(signal)} missing, flow {signal.System}";

    // MilestoneWatch says the step as people read it.
    private static string Step(ExceptionSignal signal) => signal.ErrorMessage is { Length: > 0 } label ? label : signal.Operation;
}
