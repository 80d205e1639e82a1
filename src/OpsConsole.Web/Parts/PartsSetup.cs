namespace OpsConsole.Web.Parts;

internal static class PartsSetup
{
    /// <summary>What the parts share within one circuit: the reader's zone and one slow clock.</summary>
    public static IServiceCollection AddParts(this IServiceCollection services) =>
        services.AddScoped<Reader>().AddScoped<Ticker>();
}
