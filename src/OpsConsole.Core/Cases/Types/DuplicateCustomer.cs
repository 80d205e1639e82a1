namespace OpsConsole.Cases.Types;

internal sealed class DuplicateCustomer : ExceptionType
{
    public override string Code => "duplicate-customer";
    public override string Label => "Duplicate customer";
    public override string Hint => "Find the customer that is there already, and link or merge instead of creating a second one.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("DUPLICATE_CUSTOMER", "duplicate", "vatNumber", "customer"), new("VAT_NUMBER_IN_USE", "validation", "vatNumber", "customer"), new("EXISTS", "duplicate", ObjectType: "customer")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "duplicatecustomer", "vatnumberinuse", "customerexists") || signal is { ErrorCategory: "duplicate", ObjectType: "customer" };

    public override string Title(ExceptionSignal signal) => $"The customer exists already in {SystemNames.Of(signal.System)}";

    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.ErrorCode, signal.ErrorAttribute, signal.LegalEntity];
}
