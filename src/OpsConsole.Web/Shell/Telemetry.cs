using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpsConsole.Web.Shell;

/// <summary>The console's own metrics at <c>/metrics</c>, for Prometheus.</summary>
internal static class Telemetry
{
    private const int CollectMilliseconds = 5_000;
    private static readonly double[] s_secondsBuckets = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60];

    public static IServiceCollection AddTelemetry(this IServiceCollection services) =>
        services
            .AddSingleton<PrometheusText>()
            .AddSingleton<Scrape>()
            .AddSingleton(provider => Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("opsconsole"))
                .AddMeter("OpsConsole", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql")
                .AddView(instrument => instrument.Unit is "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = s_secondsBuckets } : null)
                .AddReader(new BaseExportingMetricReader(provider.GetRequiredService<PrometheusText>()))
                .Build());

    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<MeterProvider>();
        app.MapGet("/metrics", (Scrape scrape, CancellationToken cancellationToken) => scrape.Render(cancellationToken)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>One at a time: the exporter fills one text.</summary>
    internal sealed class Scrape(PrometheusText exporter) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);

        public async Task<IResult> Render(CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                exporter.Collect!(CollectMilliseconds);
                return TypedResults.Text(exporter.Render(), "text/plain; version=0.0.4; charset=utf-8");
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();
    }
}
