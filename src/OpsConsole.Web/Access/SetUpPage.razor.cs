using Microsoft.AspNetCore.Components;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

public sealed partial class SetUpPage : ComponentBase
{
    private bool _genuine;
    private string? _refusal;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private SetUpLink Link { get; set; } = default!;

    [Inject]
    private IMediator Mediator { get; set; } = default!;

    [Inject]
    private SignInDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigator { get; set; } = default!;

    [SupplyParameterFromForm]
    private Administrator? Form { get; set; }

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    protected override void OnInitialized()
    {
        _genuine = Link.IsGenuine(Token);
        _refusal = SignInDesk.Insecure(Http);
    }

    private async Task Make()
    {
        if (!_genuine || _refusal is not null || Form is null)
        {
            return;
        }

        var made = await Mediator.Send(new SetUp(Form.Email, Form.Name, Form.Password), Http.RequestAborted);
        _refusal = made.Refusal?.Message ?? (await Desk.ByPassword(Form.Email, Form.Password, Http)).Refusal?.Message;
        if (_refusal is null)
        {
            Navigator.NavigateTo("/");
        }
    }

    private sealed class Administrator
    {
        public string Name { get; set; } = "";

        public string Email { get; set; } = "";

        public string Password { get; set; } = "";
    }
}
