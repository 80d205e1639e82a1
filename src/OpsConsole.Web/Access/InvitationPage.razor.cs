using Microsoft.AspNetCore.Components;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

public sealed partial class InvitationPage : ComponentBase
{
    private Invitation? _invitation;
    private string? _refusal;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private InvitationLink Links { get; set; } = default!;

    [Inject]
    private IMediator Mediator { get; set; } = default!;

    [Inject]
    private SignInDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigator { get; set; } = default!;

    [SupplyParameterFromForm]
    private Chosen? Form { get; set; }

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    protected override void OnInitialized() => (_invitation, _refusal) = (Links.Read(Token), SignInDesk.Insecure(Http));

    private async Task Accept()
    {
        if (_invitation is null || _refusal is not null || Form is null)
        {
            return;
        }

        var accepted = await Mediator.Send(new AcceptInvitation(_invitation.PersonId, _invitation.Stamp, Form.Password), Http.RequestAborted);
        _refusal = accepted.Refusal?.Message ?? (await Desk.ByPassword(_invitation.Email, Form.Password, Http)).Refusal?.Message;
        if (_refusal is null)
        {
            Navigator.NavigateTo("/");
        }
    }

    private sealed class Chosen
    {
        public string Password { get; set; } = "";
    }
}
