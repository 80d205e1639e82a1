using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Access;

/// <summary>The second step of signing in. Plain HTML, as the first.</summary>
public sealed partial class CodePage : ComponentBase
{
    private string? _refusal;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private SignInDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigator { get; set; } = default!;

    [SupplyParameterFromForm]
    private Code? Form { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    /// <summary>Of this page, and where it leads afterwards.</summary>
    internal static string Address(string? returnUrl) => $"/sign-in/code?returnUrl={Uri.EscapeDataString(SignInDesk.LocalOr(returnUrl, "/"))}";

    private async Task Enter()
    {
        var entered = await Desk.ByCode(Form?.Text ?? "", Http);
        _refusal = entered.Refusal?.Message;
        if (entered.Accepted)
        {
            Navigator.NavigateTo(SignInDesk.LocalOr(ReturnUrl, "/"));
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    private sealed class Code
    {
        public string Text { get; set; } = "";
    }
}
