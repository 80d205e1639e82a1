using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpsConsole.Simulator.Wire;

/// <summary>The real OpenTelemetry SDK, once per service, so that each is a resource of its own to the console.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly List<TracerProvider> _providers;

    public Telemetry(SimulatorOptions options) => _providers = [.. Services.All.Select(service => Provider(service, options))];

    public void Dispose()
    {
        foreach (var provider in _providers)
        {
            provider.Dispose();
        }
    }

    private static TracerProvider Provider(string service, SimulatorOptions options) =>
        Sdk.CreateTracerProviderBuilder()
            .SetSampler(new AlwaysOnSampler())
            .ConfigureResource(resource => resource
                .AddService(service, serviceNamespace: "make-believe", serviceVersion: "1.0.0", autoGenerateServiceInstanceId: false, serviceInstanceId: $"{service}-1")
                .AddAttributes([new("deployment.environment.name", "simulated")]))
            .AddSource(Services.SourceName(service))
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri(options.ConsoleUrl, "/v1/traces");
                exporter.Headers = $"Authorization=Bearer {options.ConsoleKey}";
                exporter.BatchExportProcessorOptions = new BatchExportProcessorOptions<System.Diagnostics.Activity>
                {
                    MaxQueueSize = 32_768,
                    ScheduledDelayMilliseconds = 500,
                    MaxExportBatchSize = 512,
                };
            })
            .Build();
}
