using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OpsConsole.Web.Tests.Samples;

/// <summary>
/// bUnit 2.x is compiled against AngleSharp.Diffing 1.0; some mirrors have only 0.17, whose API is the same where bUnit uses it. It lies
/// outside the probing paths (build/BunitDiffing.targets) and is handed to the loader here. Goes together with that file.
/// </summary>
internal static class DiffingLoader
{
    private const string Diffing = "AngleSharp.Diffing";

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "It must run before bUnit's first type is loaded.")]
    internal static void HandOver() => AssemblyLoadContext.Default.Resolving += (loader, name) =>
        name.Name == Diffing && Path.Combine(AppContext.BaseDirectory, "compat", Diffing + ".dll") is var file && File.Exists(file)
            ? loader.LoadFromAssemblyPath(file)
            : null;
}
