using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Sources;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Intake;

/// <summary>Programs: <c>Authorization: Bearer &lt;key&gt;</c> or <c>X-Api-Key: &lt;key&gt;</c>.</summary>
internal static class ApiKeys
{
    public const string Scheme = "ApiKey";
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";
    private static readonly object s_sender = new();

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<SourceRates>().AddSingleton<HookStrangers>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Scheme, _ => { });
        return services;
    }

    /// <summary>True when the request brings a key, right or wrong: then it is a program's and nobody else's.</summary>
    public static bool Brought(HttpRequest request) => Key(request) is not null;

    /// <summary>Who sends, when the key was recognised.</summary>
    public static Sender? FindSender(this HttpContext context) => context.Items.TryGetValue(s_sender, out var sender) ? (Sender?)sender : null;

    internal static void SetSender(HttpContext context, Sender sender) => context.Items[s_sender] = sender;

    internal static string? Key(HttpRequest request)
    {
        if (request.Headers[Header] is [{ Length: > 0 } key, ..])
        {
            return key.Trim();
        }

        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }
}

/// <summary>A key is right, but not from there.</summary>
internal sealed class ForeignAddressException(string message) : AuthenticationFailureException(message);

/// <summary>Recognises keys. A program may do what its key's scopes say, where its source's units say, and never approves.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, LiveKeys keys, DoorLog door)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeys.Key(Request) is not { Length: > 0 } key)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.Find(key, Context.RequestAborted) is not { } sender)
        {
            return AuthenticateResult.Fail("The key is not known, expired or revoked.");
        }

        if (!sender.MayComeFrom(Context.Connection.RemoteIpAddress))
        {
            door.Refused(sender.SourceId, DoorReason.Address);
            return AuthenticateResult.Fail(new ForeignAddressException($"The key of {sender.Name} may not be used from {Context.Connection.RemoteIpAddress}: the source names other addresses."));
        }

        door.Used(sender.KeyId!.Value, Context.Connection.RemoteIpAddress?.ToString());
        var actor = ActorOf(sender);
        ApiKeys.SetSender(Context, sender);
        Context.SetActor(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.Id), new Claim(ClaimTypes.Name, actor.Name)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is ForeignAddressException foreign)
        {
            await TypedResults.Problem(foreign.Message, statusCode: StatusCodes.Status403Forbidden, title: "address").ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        await TypedResults.Problem(
            $"Send a key as \"Authorization: Bearer <key>\" or \"{ApiKeys.Header}: <key>\".", statusCode: StatusCodes.Status401Unauthorized, title: "key-missing-or-wrong").ExecuteAsync(Context);
    }

    private static Actor ActorOf(Sender sender) => new(
        $"key:{sender.Name}", sender.Name, ActorKind.Key, sender.May(KeyScopes.Api) ? Roles.OfApiKeys : [], sender.Scope);
}
