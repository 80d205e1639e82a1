using Microsoft.AspNetCore.Components;

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

    protected override void OnInitialized() => _refusal = SignInDesk.Insecure(Http);

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
