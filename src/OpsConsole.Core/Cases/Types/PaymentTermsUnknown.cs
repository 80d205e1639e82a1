namespace OpsConsole.Cases.Types;

internal sealed class PaymentTermsUnknown : ExceptionType
{
    public override string Code => "payment-terms-unknown";
    public override string Label => "Unknown payment terms";
    public override string Hint => "Use terms that the refusing system knows, or have them set up there.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("PAYMENT_TERMS_UNKNOWN", "mapping", "paymentTerms"), new("INVALID_TERMS", "validation", "terms")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "paymentterm", "termsunknown", "invalidterms") || AttributeIs(signal, "paymentterms", "terms");

    public override string Title(ExceptionSignal signal) => $"Unknown payment terms, refused by {SystemNames.Of(signal.System)}";

    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.ErrorCode, signal.ErrorAttribute, signal.LegalEntity];

    public override string Cause(ExceptionSignal signal) => signal.LegalEntity is null ? Label : $"{Label}, {signal.LegalEntity}";
}
