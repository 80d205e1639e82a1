namespace OpsConsole.Cases.Types;

internal sealed class PaymentOverdue : ExceptionType
{
    public override string Code => "payment-overdue";
    public override string Label => "Payment overdue";
    public override string Hint => "No payment came in time: remind the customer, or look for it among unapplied payments.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("PAYMENT_OVERDUE", "timeout", ObjectType: "order"), new("PAYMENT_NOT_RECEIVED", "validation")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "paymentoverdue", "paymentnotreceived");

    public override string Title(ExceptionSignal signal) => "No payment received in time";
}
