using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using OpsConsole.Sources;
using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Shell;

/// <summary>Nobody takes the console for themselves: requests, exports and open pages are limited for each person and each address (ASVS 5.0 2.4.1).</summary>
internal static class Limits
{
    /// <summary>For <c>.RequireRateLimiting</c>: whatever makes a file of many rows.</summary>
    public const string Exports = "exports";

    private static readonly RateLimitPartition<string> s_free = RateLimitPartition.GetNoLimiter("");

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection(LimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, limits) => Set(limiter, limits.Value));
        return services;
    }

    /// <summary>A program keeps to the pace of its source; intake looks at it at its own door.</summary>
    public static void UseSourceRates(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.FindSender() is not { RequestsPerSecond: { } pace } sender || Pages.IsOfIntake(http.Request.Path) || http.RequestServices.GetRequiredService<SourceRates>().Take(sender))
        {
            return next(http);
        }

        http.RequestServices.GetRequiredService<DoorLog>().Refused(sender.SourceId, DoorReason.Rate);
        http.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem($"{sender.Name} may ask {pace} times a second. Come again when Retry-After says.", statusCode: StatusCodes.Status429TooManyRequests, title: "too-many").ExecuteAsync(http);
    });

    private static void Set(RateLimiterOptions limiter, LimitOptions limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = Say;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => Requests(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => Circuits(http, Address(http), limits.CircuitsPerAddress)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => Circuits(http, Person(http), limits.CircuitsPerPerson)));
        limiter.AddPolicy(Exports, http => RateLimitPartition.GetFixedWindowLimiter(
            Person(http) ?? ApiKeys.FindSender(http)?.Name ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.ExportsPerMinute, Window = TimeSpan.FromMinutes(1) }));
    }

    private static RateLimitPartition<string> Requests(HttpContext http, LimitOptions limits) =>
        IsFree(http) ? s_free : RateLimitPartition.GetTokenBucketLimiter(Person(http) ?? Address(http) ?? "", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.Burst, TokensPerPeriod = limits.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });

    // The request of a WebSocket lasts as long as its page is open.
    private static RateLimitPartition<string> Circuits(HttpContext http, string? whose, int most) =>
        whose is not null && Origins.IsSocket(http)
            ? RateLimitPartition.GetConcurrencyLimiter(whose, _ => new ConcurrencyLimiterOptions { PermitLimit = most })
            : s_free;

    // Senders that are known have the budgets and limits of their sources, and web-hooks those of theirs once they are believed; who guesses keys
    // or forges web-hooks has the limit of an address. Files that browsers keep and what is only asked whether it lives cost nothing.
    private static bool IsFree(HttpContext http) =>
        http.FindSender() is not null || Pages.IsHook(http.Request.Path) || Pages.IsOfHealth(http.Request.Path)
        || http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static string? Person(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier);

    private static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    private static async ValueTask Say(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.RequestServices.GetRequiredService<ILogger<Program>>().TooMany(context.HttpContext.Request.Path, Address(context.HttpContext));
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(5);
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await TypedResults.Problem(
            "More was asked for than one person or address may ask at once. Come again when Retry-After says.", statusCode: StatusCodes.Status429TooManyRequests, title: "too-many").ExecuteAsync(context.HttpContext);
    }
}
