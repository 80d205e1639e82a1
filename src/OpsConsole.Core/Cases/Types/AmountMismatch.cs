namespace OpsConsole.Cases.Types;

internal sealed class AmountMismatch : ExceptionType
{
    public override string Code => "amount-mismatch";
    public override string Label => "Amounts differ";
    public override string Hint => "Compare the amounts side by side; correct the one whose system does not own it.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("AMOUNT_MISMATCH", "validation", "amount"), new("TOTAL_DIFFERS", "conflict", "total")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "amountmismatch", "amountdiffers", "totaldiffers", "totalmismatch", "rounding") || AttributeIs(signal, "amount", "total");

    public override string Title(ExceptionSignal signal) => $"{SystemNames.Capital(signal.System)} holds or expects another amount";
}
