using System.Runtime.CompilerServices;

namespace OpsConsole.Tests.Samples;

/// <summary>Published data beside the checkout, or where <c>OPSCONSOLE_SHARED_DATA</c> says. Tests that need it are skipped where it is not.</summary>
internal static class SharedData
{
    public static string? Find(string relative)
    {
        var root = Environment.GetEnvironmentVariable("OPSCONSOLE_SHARED_DATA") ?? Path.GetFullPath(Path.Combine(Here(), "../../../../shared"));
        var file = Path.Combine(root, relative);
        return File.Exists(file) ? file : null;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>A test that is reported as skipped where the published data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string relative)
    {
        if (SharedData.Find(relative) is null)
        {
            Skip = $"{relative} is not beside the checkout; OPSCONSOLE_SHARED_DATA may name its folder";
        }
    }
}
