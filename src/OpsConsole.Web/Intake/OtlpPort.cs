using System.Globalization;
using OpsConsole.Intake;

namespace OpsConsole.Web.Intake;

/// <summary>A port of its own for OTLP, where a stock exporter needs no setting, over HTTP and gRPC; on it nothing but intake answers.</summary>
internal static class OtlpPort
{
    private const string Setting = $"{IntakeOptions.Section}:{nameof(IntakeOptions.OtlpPort)}";
    private const string DefaultUrl = "http://localhost:5000";

    /// <summary>Adds the listener to those that are configured, in whichever way they are.</summary>
    public static void AddOtlpPort(this WebApplicationBuilder builder)
    {
        if (PortOf(builder.Configuration) is not { } port)
        {
            return;
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.TakeHttp2WithoutTls(port));
        var otlp = string.Create(CultureInfo.InvariantCulture, $"http://*:{port}");
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.Configuration["Kestrel:Endpoints:Otlp:Url"] = otlp;
        }
        else
        {
            builder.WebHost.UseUrls([.. Urls(builder.Configuration), otlp]);
        }
    }

    /// <summary>Pages and the API do not answer on the port of OTLP.</summary>
    public static void UseOtlpPort(this WebApplication app)
    {
        if (PortOf(app.Configuration) is { } port)
        {
            app.UseWhen(
                http => http.Connection.LocalPort == port && !http.Request.Path.StartsWithSegments("/v1") && !OtlpGrpc.Is(http.Request.Path),
                other => other.Run(http =>
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                }));
        }
    }

    private static int? PortOf(IConfiguration configuration) => configuration.GetValue<int?>(Setting);

    private static string[] Urls(IConfiguration configuration)
    {
        if (configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
        {
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries);
        }

        string[] ports =
        [
            .. (configuration["HTTP_PORTS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}"),
            .. (configuration["HTTPS_PORTS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"https://*:{port}"),
        ];
        return ports.Length == 0 ? [DefaultUrl] : ports;
    }
}
