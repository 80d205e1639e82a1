using System.Diagnostics;
using OpsConsole.Simulator.Records;

namespace OpsConsole.Simulator.Wire;

/// <summary>Starts spans at the time of the transaction, and writes on them what business they are about.</summary>
internal static class Spans
{
    public static Activity? Start(string service, string name, ActivityKind kind, ActivityContext parent, DateTimeOffset at, ActivityContext linked = default)
    {
        if (parent == default)
        {
            // A root, whatever the host or the caller's thread has open: that would never be exported.
            Activity.Current = null;
        }

        return Services.Source(service).StartActivity(name, kind, parent, links: linked == default ? null : [new ActivityLink(linked)], startTime: at);
    }

    public static void Finish(this Activity? span, DateTimeOffset at)
    {
        span?.SetEndTime(at.UtcDateTime);
        span?.Dispose();
    }

    public static void Fail(this Activity? span, string errorType, Exception failure)
    {
        span?.SetTag("error.type", errorType);
        span?.AddException(failure);
        span?.SetStatus(ActivityStatusCode.Error, failure.Message);
    }

    /// <summary>The business keys by which the console finds the span.</summary>
    public static void Describe(this Activity? span, DocumentFacts facts)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag($"biz.{facts.Type}.id", facts.Id);
        foreach (var link in facts.Links)
        {
            span.SetTag($"biz.{link.Type}.id", link.Id);
        }

        span.SetTag("biz.business_unit", facts.Entity?.BusinessUnit);
        span.SetTag("biz.legal_entity", facts.Entity?.Code);
        span.SetTag("biz.amount", facts.Amount);
        span.SetTag("biz.currency", facts.Amount is null ? null : facts.Currency);
    }
}
