namespace OpsConsole.Cases.Types;

internal sealed class TaxProfileMissing : ExceptionType
{
    public override string Code => "tax-profile-missing";
    public override string Label => "Tax profile missing";
    public override string Hint => "Set the customer's tax profile from the region of the bill-to address, then send again.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new("TAX_PROFILE_MISSING", "validation", "taxProfile"), new("TAX_CODE_REQUIRED", "validation"), new("E422", "validation", "tax_profile", "customer")];

    public override bool Recognises(ExceptionSignal signal) =>
        CodeSays(signal, "taxprofile", "taxcode", "taxschedule") || AttributeIs(signal, "taxprofile", "taxcode");

    public override string Title(ExceptionSignal signal) => $"No tax profile, refused by {SystemNames.Of(signal.System)}";

    // Tax and terms are set up by region: one region may lack what all others have.
    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.ErrorCode, signal.ErrorAttribute, signal.Region];

    public override string Cause(ExceptionSignal signal) => signal.Region is null ? Label : $"{Label}, region {signal.Region}";
}
