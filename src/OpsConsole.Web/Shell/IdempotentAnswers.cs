using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace OpsConsole.Web.Shell;

/// <summary>
/// <c>Idempotency-Key</c> on changes: the same caller, route and key get the first answer again. Without the header nothing is kept. Put it on
/// a group of endpoints; bodies are told apart by the types that are passed as <c>JsonElement</c> or end in <c>Body</c>.
/// </summary>
internal sealed class IdempotentAnswers : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var name = http.Request.Headers[Header].ToString();
        if (name.Length == 0 || HttpMethods.IsGet(http.Request.Method) || http.FindActor() is not { } actor)
        {
            return await next(context);
        }

        if (name.Length > 256)
        {
            return Refusal.Invalid(Header, "must have at most 256 characters").ToProblem();
        }

        var mediator = http.RequestServices.GetRequiredService<IMediator>();
        var key = Ids.Key([actor.Id, http.Request.Method, http.Request.Path, name]);
        var taken = await mediator.Send(new TakeAnswer(key, Asked(context), actor), http.RequestAborted);
        if (taken.Value is not { } answer)
        {
            return taken.Refusal!.ToProblem();
        }

        return answer.Known is { } known ? Again(http, known) : await First(context, next, key, actor, mediator);
    }

    private static async Task<object?> First(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Guid key, Actor actor, IMediator mediator)
    {
        Answer? given = null;
        try
        {
            var result = await next(context);
            given = Read(context.HttpContext, result);
            return result;
        }
        finally
        {
            await mediator.Send(new KeepAnswer(key, given, actor), CancellationToken.None);
        }
    }

    private static IResult Again(HttpContext http, KnownAnswer known)
    {
        if (known.ETag is { } etag)
        {
            http.Response.Headers.ETag = etag;
        }

        return known.Body is null ? Results.StatusCode(known.Status!.Value) : Results.Text(known.Body, known.ContentType, statusCode: known.Status!.Value);
    }

    // A server's fault is not an answer: the same key may be tried again.
    private static Answer? Read(HttpContext http, object? result)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        var status = (inner as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (status >= StatusCodes.Status500InternalServerError)
        {
            return null;
        }

        var value = (inner as IValueHttpResult)?.Value;
        var json = http.RequestServices.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        var type = status >= StatusCodes.Status400BadRequest ? "application/problem+json" : "application/json; charset=utf-8";
        return new Answer(status, value is null ? null : type, http.Response.Headers.ETag, value is null ? null : JsonSerializer.Serialize(value, value.GetType(), json));
    }

    private static string Asked(EndpointFilterInvocationContext context)
    {
        var bodies = context.Arguments.Where(argument => argument is JsonElement || argument?.GetType().Name.EndsWith("Body", StringComparison.Ordinal) is true)
            .Select(argument => JsonSerializer.Serialize(argument));
        return Convert.ToHexStringLower(Ids.Hash([.. bodies]));
    }
}
