using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>Plain HTML: it must work before, and without, any script.</summary>
public sealed partial class SignInPage : ComponentBase
{
    private string? _refusal;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private SignInDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigator { get; set; } = default!;

    [SupplyParameterFromForm]
    private Credentials? Form { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    private string Address => SignInDesk.LocalOr(ReturnUrl, "/") is var back && back == "/" ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(back)}";

    /// <summary>Why the way through the company did not lead in.</summary>
    [SupplyParameterFromQuery(Name = "company")]
    private string? Company { get; set; }

    [Inject]
    private IOptions<SignInSettings> Settings { get; set; } = default!;

    protected override void OnInitialized() => _refusal = SignInDesk.Insecure(Http) ?? Company switch
    {
        null => null,
        "sign-in.no-group" => "Your company knows you, but none of your groups gives you a role here. Ask an administrator.",
        "sign-in.exists" => "Your address has an account here already that is not your company's. Ask an administrator.",
        "forbidden" => "This account is closed. Ask an administrator.",
        _ => "Your company's sign-in did not go through. Try again, or ask an administrator.",
    };

    private async Task Enter()
    {
        if (Form is null)
        {
            return;
        }

        var entered = await Desk.ByPassword(Form.Email, Form.Password, Http);
        _refusal = entered.Refusal?.Message;
        if (entered.Value is { } entrance)
        {
            Navigator.NavigateTo(entrance.Session is null ? CodePage.Address(ReturnUrl) : SignInDesk.LocalOr(ReturnUrl, "/"));
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    private sealed class Credentials
    {
        public string Email { get; set; } = "";

        public string Password { get; set; } = "";
    }
}
