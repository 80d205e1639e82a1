namespace OpsConsole.Web.Shell;

/// <summary>What the console does besides serving: <c>migrate</c> and <c>check</c> (wire contract §0).</summary>
internal static class Commands
{
    /// <returns>The process's exit code when the arguments named a command or the settings are wrong; nothing when the console is to serve.</returns>
    public static int? BeforeStart(string[] args, IConfiguration configuration, IHostEnvironment host)
    {
        var faults = Settings.Faults(configuration, host);
        if (args.Contains("check"))
        {
            foreach (var line in Settings.Print(configuration))
            {
                Console.Out.WriteLine(line);
            }
        }

        if (faults.Count > 0)
        {
            Console.Error.WriteLine($"OpsConsole cannot start, {faults.Count} setting(s) are wrong:\n  {string.Join("\n  ", faults)}");
            return 1;
        }

        if (args.Contains("check"))
        {
            Console.Out.WriteLine("Nothing is wrong with these settings.");
            return 0;
        }

        return null;
    }

    /// <returns>As <see cref="BeforeStart"/>: <c>migrate</c> ends here, and so does a start on an old schema.</returns>
    public static async Task<int?> Prepare(string[] args, WebApplication app)
    {
        var only = args.Contains("migrate");
        var migrate = only || app.Configuration.GetValue("Database:MigrateOnStart", app.Environment.IsDevelopment());
        if (await Databases.Prepare(app.Services, migrate, CancellationToken.None) is { } fault)
        {
            await Console.Error.WriteLineAsync($"OpsConsole cannot start: {fault}");
            return 1;
        }

        if (only)
        {
            await Console.Out.WriteLineAsync("The schema is up to date.");
            return 0;
        }

        return null;
    }
}
