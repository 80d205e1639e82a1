using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Sources;
using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>What a gRPC client is told when it is to come again: the code that it retries by, and after how long.</summary>
public class OtlpGrpcRefusalTests
{
    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public void Back_pressure_is_unavailable_with_the_time_after_which_to_come_again(int status)
    {
        var context = Context();

        OtlpGrpc.Refuse(context, Taken.No(status, "Come again: später."));

        var headers = context.Response.Headers;
        var wait = byte.Parse(headers.RetryAfter.ToString(), CultureInfo.InvariantCulture);
        var details = Convert.FromBase64String(headers["grpc-status-details-bin"].ToString());
        Assert.Equal(("14", "Come%20again%3A%20sp%C3%A4ter."), (headers["grpc-status"].ToString(), headers["grpc-message"].ToString()));
        Assert.Contains("type.googleapis.com/google.rpc.RetryInfo", Encoding.Latin1.GetString(details), StringComparison.Ordinal);

        // retry_delay, a Duration of so many seconds, stands at the end: 0A 02 08 seconds
        Assert.Equal($"0A0208{wait:X2}", Convert.ToHexString(details.AsSpan()[^4..]));
    }

    private static DefaultHttpContext Context() => new()
    {
        RequestServices = new ServiceCollection()
            .AddSingleton(new IntakeQueue(Options.Create(new IntakeOptions()), Options.Create(new LaneOptions()), TimeProvider.System))
            .BuildServiceProvider(),
    };
}
