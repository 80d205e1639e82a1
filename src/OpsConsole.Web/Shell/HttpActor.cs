namespace OpsConsole.Web.Shell;

/// <summary>Who makes this HTTP request. Authentication puts the actor there; endpoints take <see cref="Actor"/> as a parameter.</summary>
internal static class HttpActor
{
    private static readonly object s_place = new();

    public static void SetActor(this HttpContext context, Actor actor) => context.Items[s_place] = actor;

    public static Actor? FindActor(this HttpContext context) => context.Items.TryGetValue(s_place, out var actor) ? (Actor?)actor : null;

    /// <summary>Makes <see cref="Actor"/> a parameter of endpoints. Policies keep out who is nobody, so asking without one is a fault.</summary>
    public static IServiceCollection AddHttpActor(this IServiceCollection services) =>
        services.AddHttpContextAccessor().AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.FindActor()
                ?? throw new InvalidOperationException("This endpoint asks for the actor but lets anybody in."));
}
