namespace OpsConsole.Cases.Types;

/// <summary>All types in the order in which they are asked; the first that recognises a signal names it. The last ones take what is left, by category.</summary>
public static class ExceptionCatalog
{
    public static readonly IReadOnlyList<ExceptionType> All =
    [
        new FeedSilent(),
        new MilestoneMissing(),
        new TaxProfileMissing(),
        new PaymentTermsUnknown(),
        new PeriodClosed(),
        new PaymentOverdue(),
        new AmountMismatch(),
        new DuplicateCustomer(),
        new AlreadyOnRecord(),
        new TimeoutAfterWrite(),
        new Throttled(),
        new TargetDown(),
        new NotAuthorized(),
        new MappingGap(),
        new StateConflict(),
        new ValidationRefused(),
        new UnknownFailure(),
    ];

    private static readonly Dictionary<string, ExceptionType> s_byCode = All.ToDictionary(type => type.Code, StringComparer.Ordinal);

    public static ExceptionType Recognise(ExceptionSignal signal) => All.First(type => type.Recognises(signal));

    /// <summary>The type of that code, or nothing.</summary>
    public static ExceptionType? Find(string code) => s_byCode.GetValueOrDefault(code);

    /// <summary>As people read it.</summary>
    public static string Label(string code) => Find(code)?.Label ?? code;
}
