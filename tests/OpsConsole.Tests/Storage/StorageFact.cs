using Xunit.Abstractions;
using Xunit.Sdk;

namespace OpsConsole.Tests.Storage;

/// <summary>
/// A test of an abstract class that is generic over <see cref="IDatabaseBrand"/>; its nested classes <c>On_postgres</c> and <c>On_sqlserver</c>
/// run it. Where SQL Server is not named by the environment, the latter are reported as skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("OpsConsole.Tests.Storage.StorageFactDiscoverer", "OpsConsole.Tests")]
public sealed class StorageFactAttribute : FactAttribute;

public sealed class StorageFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        var needsSqlServer = testMethod.TestClass.Class.Name.Contains("On_sqlserver", StringComparison.Ordinal);
        return needsSqlServer && Environment.GetEnvironmentVariable(OnSqlServer.Variable) is null
            ? new SkippedCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
    }

    private sealed class SkippedCase : XunitTestCase
    {
        [Obsolete("Called by the de-serializer only.", error: true)]
        public SkippedCase()
        {
        }

        public SkippedCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
            : base(sink, display, options, method)
        {
        }

        protected override string GetSkipReason(IAttributeInfo factAttribute) => $"{OnSqlServer.Variable} is not set";
    }
}
