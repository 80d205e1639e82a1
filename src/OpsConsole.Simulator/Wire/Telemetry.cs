using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpsConsole.Simulator.Wire;

/// <summary>The real OpenTelemetry SDK, once per service, so that each is a resource of its own to the console. The middleware sends its log as well.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly List<TracerProvider> _providers;
    private readonly ILoggerFactory _logs;

    public Telemetry(SimulatorOptions options)
    {
        _providers = [.. Services.All.Select(service => Provider(service, options))];
        _logs = LoggerFactory.Create(logs => logs.AddOpenTelemetry(log =>
        {
            log.IncludeFormattedMessage = true;
            log.SetResourceBuilder(Resource(ResourceBuilder.CreateDefault(), Services.Middleware));
            log.AddProcessor(new BusinessTime());
            log.AddOtlpExporter((exporter, batches) =>
            {
                Aim(exporter, options, "/v1/logs");
                batches.BatchExportProcessorOptions.ScheduledDelayMilliseconds = 500;
            });
        }));
        Middleware = _logs.CreateLogger(Services.SourceName(Services.Middleware));
    }

    /// <summary>What the middleware writes to its log, in the trace that it is working on.</summary>
    public ILogger Middleware { get; }

    public void Dispose()
    {
        _logs.Dispose();
        foreach (var provider in _providers)
        {
            provider.Dispose();
        }
    }

    private static TracerProvider Provider(string service, SimulatorOptions options) =>
        Sdk.CreateTracerProviderBuilder()
            .SetSampler(new AlwaysOnSampler())
            .ConfigureResource(resource => Resource(resource, service))
            .AddSource(Services.SourceName(service))
            .AddOtlpExporter(exporter =>
            {
                Aim(exporter, options, "/v1/traces");
                exporter.BatchExportProcessorOptions = new BatchExportProcessorOptions<System.Diagnostics.Activity>
                {
                    MaxQueueSize = 32_768,
                    ScheduledDelayMilliseconds = 500,
                    MaxExportBatchSize = 512,
                };
            })
            .Build();

    private static ResourceBuilder Resource(ResourceBuilder resource, string service) => resource
        .AddService(service, serviceNamespace: "make-believe", serviceVersion: "1.0.0", autoGenerateServiceInstanceId: false, serviceInstanceId: $"{service}-1")
        .AddAttributes([new("deployment.environment.name", "simulated")]);

    private static void Aim(OtlpExporterOptions exporter, SimulatorOptions options, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(options.ConsoleUrl, path);
        exporter.Headers = $"Authorization=Bearer {options.ConsoleKey}";
    }

    /// <summary>What happened in a journey of the past was logged then.</summary>
    private sealed class BusinessTime : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (Journey.Current?.Past is { } past)
            {
                data.Timestamp = past.UtcDateTime;
            }
        }
    }
}
