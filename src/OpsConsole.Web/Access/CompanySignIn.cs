using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// Sign-in through the company's identity provider: the framework's OAuth (authorization code, PKCE, state in a cookie) and the provider's user-info. Who that is here and what
/// they may do is decided by <see cref="EnterByProvider"/>.
/// </summary>
internal static class CompanySignIn
{
    public const string Scheme = "company";

    private const string Start = "/sign-in/company";
    private const string Back = "/sign-in/company/back";
    private const string Came = "/sign-in/company/came";
    private const string Group = "opsconsole.group";

    /// <summary>Where the way to the provider begins. A link, not a form: pages may send forms to this console only.</summary>
    public static string Address(string? returnUrl) => $"{Start}?returnUrl={Uri.EscapeDataString(SignInDesk.LocalOr(returnUrl, "/"))}";

    public static AuthenticationBuilder AddCompany(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var provider = configuration.GetSection($"{SignInSettings.Section}:{nameof(SignInSettings.Provider)}").Get<ProviderSettings>() ?? new ProviderSettings();
        return !provider.IsSet
            ? authentication
            : authentication
                .AddCookie(IdentityConstants.ExternalScheme, cookie => (cookie.Cookie, cookie.ExpireTimeSpan) = (AccessCookies.Kind(AccessCookies.External), TimeSpan.FromMinutes(5)))
                .AddOAuth(Scheme, options => options.Follow(provider));
    }

    public static void MapCompany(this IEndpointRouteBuilder app)
    {
        app.MapGet(Start, Go).ExcludeFromDescription();
        app.MapGet(Came, Enter).ExcludeFromDescription();
    }

    private static void Follow(this OAuthOptions options, ProviderSettings provider)
    {
        (options.AuthorizationEndpoint, options.TokenEndpoint, options.UserInformationEndpoint) = (provider.AuthorizationEndpoint, provider.TokenEndpoint, provider.UserInfoEndpoint);
        (options.ClientId, options.ClientSecret, options.UsePkce, options.SaveTokens) = (provider.ClientId, provider.ClientSecret, true, false);
        (options.CallbackPath, options.SignInScheme, options.CorrelationCookie.Name) = (Back, IdentityConstants.ExternalScheme, $"{AccessCookies.External}.");
        options.Scope.Clear();
        foreach (var scope in provider.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        options.BackchannelTimeout = TimeSpan.FromSeconds(15);
        options.Events.OnCreatingTicket = ticket => Read(ticket, provider);
        options.Events.OnRemoteFailure = failed =>
        {
            failed.Response.Redirect("/sign-in?company=failed");
            failed.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task Read(OAuthCreatingTicketContext ticket, ProviderSettings provider)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ticket.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await ticket.Backchannel.SendAsync(request, ticket.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(ticket.HttpContext.RequestAborted));
        foreach (var (type, claim) in new[] { (ClaimTypes.NameIdentifier, provider.SubjectClaim), (ClaimTypes.Email, provider.EmailClaim), (ClaimTypes.Name, provider.NameClaim), (Group, provider.GroupsClaim) })
        {
            ticket.Identity!.AddClaims(Texts(user.RootElement, claim).Select(text => new Claim(type, text)));
        }
    }

    private static IEnumerable<string> Texts(JsonElement user, string claim) => user.TryGetProperty(claim, out var value)
        ? value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(one => one.ToString())] : [value.ToString()]
        : [];

    private static IResult Go(HttpContext http, IOptions<SignInSettings> settings, string? returnUrl) =>
        !settings.Value.Provider.IsSet ? TypedResults.NotFound()
        : SignInDesk.Insecure(http) is not null ? TypedResults.LocalRedirect("/sign-in")
        : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = $"{Came}?returnUrl={Uri.EscapeDataString(SignInDesk.LocalOr(returnUrl, "/"))}" }, [Scheme]);

    private static async Task<IResult> Enter(HttpContext http, IOptions<SignInSettings> settings, SignInDesk desk, string? returnUrl)
    {
        if (!settings.Value.Provider.IsSet)
        {
            return TypedResults.NotFound();
        }

        var came = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (came.Principal is not { } who || who.FindFirstValue(ClaimTypes.NameIdentifier) is not { Length: > 0 } subject)
        {
            return TypedResults.LocalRedirect("/sign-in?company=failed");
        }

        var said = new ProviderWord(settings.Value.Provider.Name, subject, who.FindFirstValue(ClaimTypes.Email), who.FindFirstValue(ClaimTypes.Name), [.. who.FindAll(Group).Select(group => group.Value)]);
        var entered = await desk.ByProvider(said, http);
        return TypedResults.LocalRedirect(entered.Accepted ? SignInDesk.LocalOr(returnUrl, "/") : $"/sign-in?company={Uri.EscapeDataString(entered.Refusal!.Code)}");
    }
}
