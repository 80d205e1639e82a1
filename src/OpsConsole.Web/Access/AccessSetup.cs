using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Web.Intake;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

internal static class AccessSetup
{
    // Chooses: a program's key where one is sent, right or wrong, else a person's cookie.
    private const string KeyOrCookie = "KeyOrCookie";

    /// <summary>Who people are and what they may do: accounts, cookie, one policy per right, and who is asking now.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, IHostEnvironment host)
    {
        services.AddSingleton(AccessOptions.From(configuration, host)).AddSingleton<SetUpLink>().AddSingleton<InvitationLink>().AddSingleton<DeviceCookie>().AddSingleton<HalfWay>().AddScoped<SignInDesk>().AddScoped<PasskeyDesk>();
        services.AddKeyedSingleton<ISecretBox, FactorSecrets>(SecondFactor.Box);
        services.AddKeyRing(configuration);
        services.AddSignIn(configuration);
        services.AddScoped<IAuthorizationHandler, RightHandler>();
        services.AddScoped<PastView>().AddScoped<CurrentActor>().AddScoped<StepUpPrompt>().AddScoped<CircuitSender>().AddSingleton<DeskFigures>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization(options =>
        {
            options.DefaultPolicy = Policy(null);
            foreach (var right in Enum.GetValues<Right>())
            {
                options.AddPolicy(right.ToString(), Policy(right));
            }
        });
        return services;
    }

    /// <summary>Signing out is a POST with a token, so that no foreign page can do it for somebody.</summary>
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", SignOut).ExcludeFromDescription().RequireAuthorization();
        app.MapPasskeys();
        app.MapCompany();
        app.MapPost("/api/v1/account/confirm", Confirm).WithTags("Account").WithSummary("Confirms by password or code that it is the person of this session, before what counts most").RequireAuthorization();
    }

    /// <summary>Makes the first accounts; prints the set-up link where there is nobody. Run after the schema is up to date.</summary>
    public static async Task SeedPeople(this WebApplication app, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (options, log) = (scope.ServiceProvider.GetRequiredService<AccessOptions>(), scope.ServiceProvider.GetRequiredService<ILogger<AccessOptions>>());
        var seeded = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new SeedPeople(options.AdministratorEmail, options.AdministratorPassword, options.DemoPassword), cancellationToken);
        if (seeded.Value is not { } first)
        {
            log.SeedRefused(seeded.Refusal!.Message);
            return;
        }

        foreach (var email in first.Made)
        {
            log.AccountMade(email);
        }

        if (first.Nobody)
        {
            var link = scope.ServiceProvider.GetRequiredService<SetUpLink>().Path();
            app.Lifetime.ApplicationStarted.Register(() => log.SetUpNeeded((app.Urls.FirstOrDefault() ?? "").TrimEnd('/') + link));
        }
    }

    private static AuthorizationPolicy Policy(Right? right) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RightRequirement(right)).Build();

    private static void AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("OpsConsole");
        if (AccessOptions.KeyCertificate(configuration) is { } certificate)
        {
            keys.ProtectKeysWithCertificate(certificate);
        }

        services.AddSingleton<IXmlRepository, KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
    }

    private static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<Person>();
        services.AddScoped<IUserStore<Person>, IdentityStore>().AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<IdentityPasskeyOptions>(passkeys => (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required"));

        services.AddAuthentication(KeyOrCookie)
            .AddPolicyScheme(KeyOrCookie, null, options => options.ForwardDefaultSelector = http =>
                ApiKeys.Brought(http.Request) ? ApiKeys.Scheme : IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Cookie)
            .AddCompany(configuration);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<SignInSettings>>((cookie, limits) => cookie.ExpireTimeSpan = TimeSpan.FromHours(limits.Value.AbsoluteHours));
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie = AccessCookies.Kind(AccessCookies.Session);
        options.SlidingExpiration = false;              // the session's row knows when it is idle
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = Refuse;
        options.Events.OnValidatePrincipal = Validate;
    }

    // A session that ended and a closed account are signed out at the next request.
    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var found = await ActorLookup.Find(context.Principal!, http.RequestServices.GetRequiredService<IMediator>(), acted: !Circuits(http.Request.Path), cancellationToken: http.RequestAborted);
        if (found.Value is { } actor)
        {
            http.SetActor(actor);
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    // What an open page does by itself, to stay connected: no sign that a person is there.
    private static bool Circuits(PathString path) => path.StartsWithSegments("/_blazor", StringComparison.Ordinal) || path.StartsWithSegments("/hubs", StringComparison.Ordinal);

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (Pages.IsForPrograms(context.Request.Path))
        {
            return Answer(context.Response, status);
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    // Who must set a second factor up first has no right yet and is led there, whatever page they wanted.
    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (context.HttpContext.FindActor() is not { MustEnrol: true } || Pages.IsForPrograms(request.Path))
        {
            return Answer(context.Response, StatusCodes.Status403Forbidden);
        }

        context.Response.Redirect($"/account?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task<Results<Ok<SessionConfirmed>, ProblemHttpResult>> Confirm(ConfirmBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ConfirmSession(body.Password, body.Code, actor), cancellationToken)).ToHttp();

    private static async Task<IResult> SignOut(HttpContext http, IAntiforgery antiforgery, SignInDesk desk)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await desk.SignOut(http);

        // Drafts of repairs hold fields of payloads, and the next one at this machine may be somebody else.
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return TypedResults.LocalRedirect("/sign-in");
    }

    /// <param name="Password">Either this,</param>
    /// <param name="Code">or a code of the authenticator app, or a recovery code.</param>
    internal sealed record ConfirmBody(string? Password, string? Code);
}
