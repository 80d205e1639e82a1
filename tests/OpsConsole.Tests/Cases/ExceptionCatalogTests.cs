using OpsConsole.Cases;
using OpsConsole.Cases.Types;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Cases;

/// <summary>Runs over every entry of the catalogue, those that are yet to be written too.</summary>
public class ExceptionCatalogTests
{
    public static TheoryData<string> Codes => [.. ExceptionCatalog.All.Select(type => type.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Its_samples_are_recognised_by_it_and_by_no_type_before_it(string code)
    {
        var type = ExceptionCatalog.Find(code)!;

        var named = type.Samples.Select(sample => ExceptionCatalog.Recognise(Signal(sample)).Code).ToList();

        Assert.True(named.Count >= 2, "two samples at least");
        Assert.All(named, name => Assert.Equal(code, name));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void It_speaks_in_words_and_its_fingerprint_does_not_depend_on_the_object(string code)
    {
        var type = ExceptionCatalog.Find(code)!;
        var (one, other) = (Signal(type.Samples[0], "A-1"), Signal(type.Samples[0], "A-2"));

        Assert.Matches("^[a-z][a-z-]+$", type.Code);
        Assert.All([type.Label, type.Hint, type.Title(one), type.Cause(one)], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(type.Fingerprint(one), type.Fingerprint(other));
        Assert.Equal(type.Cause(one), type.Cause(other));
    }

    [Fact]
    public void A_missing_tax_profile_of_another_region_is_another_cause()
    {
        var type = ExceptionCatalog.Find("tax-profile-missing")!;

        var (german, canadian) = (new FailureSample { Region = "DE" }.Signal(1), new FailureSample { Region = "CA" }.Signal(1));

        Assert.NotEqual(type.Fingerprint(german), type.Fingerprint(canadian));
        Assert.Equal("Tax profile missing, region CA", type.Cause(canadian));
        Assert.Equal("No tax profile, refused by NetSuite", type.Title(canadian));
    }

    private static ExceptionSignal Signal(SignalSample sample, string id = "X-1") => new()
    {
        Id = Guid.NewGuid(), Kind = sample.Kind, ObjectKey = Guid.NewGuid(), ObjectType = sample.ObjectType, ObjectId = id, System = "netsuite", Operation = "create",
        Spells = 1, Open = true, FailedAt = SyncSample.Noon, ReceivedAt = SyncSample.Noon, Unit = "EMEA", Region = "DE",
        ErrorCode = sample.ErrorCode, ErrorCategory = sample.Category, ErrorAttribute = sample.Attribute,
    };
}
