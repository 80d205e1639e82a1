using System.Runtime.CompilerServices;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>Where things are in this checkout.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: the programs are started as they were built together with these tests.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Project(string name) => Path.Combine(Root, "src", name);

    public static string Program(string name) => Path.Combine(Project(name), "bin", Configuration, "net10.0", $"{name}.dll");

    public static string Artifacts(string folder) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", folder)).FullName;

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));
}
