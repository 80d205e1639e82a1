using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Simulator.Wire;

/// <summary>Wraps every request to one of the four services: its server span under the caller's, and its journey with the time in it.</summary>
internal sealed class ServiceHost(RequestDelegate next, BusinessClock clock)
{
    public async Task Invoke(HttpContext http)
    {
        var service = http.Request.Path.Value?.Split('/') is [_, var first, ..] && Services.All.Contains(first) ? first : null;
        if (service is null)
        {
            await next(http);
            return;
        }

        var journey = Journey.Current = Journey.Read(http.Request.Headers[Journey.Header]);
        ActivityContext.TryParse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState, isRemote: true, out var caller);
        var span = Spans.Start(service, NameOf(http), ActivityKind.Server, caller, clock.Now);
        span?.SetTag("http.request.method", http.Request.Method).SetTag("url.path", http.Request.Path.Value);
        http.Response.OnStarting(() =>
        {
            if (journey?.Past is { } past)
            {
                http.Response.Headers[BusinessClock.Header] = past.UtcTicks.ToString(CultureInfo.InvariantCulture);
            }

            return Task.CompletedTask;
        });
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; its own span says so.
            span?.SetTag("error.type", "aborted");
        }
        catch (Exception failure)
        {
            span.Fail(failure.GetType().Name, failure);
            throw;
        }
        finally
        {
            Close(span, http.Response.StatusCode);
        }
    }

    private void Close(Activity? span, int status)
    {
        span?.SetTag("http.response.status_code", status);
        if (status >= 500 && span is { Status: ActivityStatusCode.Unset })
        {
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
        }

        span.Finish(clock.Now);
    }

    private static string NameOf(HttpContext http) =>
        $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path.Value}";
}
