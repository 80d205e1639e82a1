namespace OpsConsole.Web.Intake;

/// <summary>Where facts come in, and what became of them.</summary>
internal static class IntakeEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        app.MapEvents();
        app.MapHooks();
        app.MapOtlp();
        app.MapMappings();
        app.MapQuarantine();
    }
}
