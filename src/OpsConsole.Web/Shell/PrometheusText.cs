using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpsConsole.Web.Shell;

/// <summary>
/// Renders all metrics in Prometheus' text format 0.0.4 whenever it is asked. Stands in for the OpenTelemetry Prometheus exporter, which is
/// not on every mirror, and goes when it is.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly StringBuilder _text = new();

    public Func<int, bool>? Collect { get; set; }

    public string Render() => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        var described = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            if (metric.MetricType is MetricType.ExponentialHistogram)
            {
                continue;
            }

            var name = Name(metric);
            if (described.Add(name))
            {
                _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
                _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {Kind(metric.MetricType)}\n");
            }

            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                Point(name, metric.MetricType, Labels(metric, point), point);
            }
        }

        return ExportResult.Success;
    }

    private void Point(string name, MetricType type, string labels, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(name, labels, point.GetGaugeLastValueDouble());
                break;
            default:
                Buckets(name, labels, point);
                break;
        }
    }

    private void Buckets(string name, string labels, in MetricPoint point)
    {
        long cumulative = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            Line($"{name}_bucket", $"{labels},le=\"{Number(bucket.ExplicitBound)}\"", cumulative);
        }

        Line($"{name}_sum", labels, point.GetHistogramSum());
        Line($"{name}_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value) => _text.Append(name).Append('{').Append(labels).Append("} ").Append(Number(value)).Append('\n');

    private static string Labels(Metric metric, in MetricPoint point)
    {
        var labels = new StringBuilder().Append("otel_scope_name=\"").Append(Escape(metric.MeterName)).Append('"');
        foreach (var tag in point.Tags)
        {
            labels.Append(',').Append(Clean(tag.Key)).Append("=\"").Append(Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return labels.ToString();
    }

    private static string Kind(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Name(Metric metric)
    {
        var name = Clean(metric.Name);
        var unit = metric.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            null or "" or "1" => "",
            var other => other.StartsWith('{') ? "" : Clean(other),
        };
        return $"{name}{(unit.Length == 0 || name.EndsWith(unit, StringComparison.Ordinal) ? "" : $"_{unit}")}{(Kind(metric.MetricType) is "counter" ? "_total" : "")}";
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_' ? letter : '_'));
        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? $"_{clean}" : clean;
    }
}
