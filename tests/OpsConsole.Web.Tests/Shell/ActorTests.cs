using System.Security.Claims;
using OpsConsole.Access;
using OpsConsole.Basics;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Shell;

public class ActorTests
{
    [Fact]
    public void A_program_with_a_key_has_no_session() =>
        Assert.Null(ActorClaims.Session(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "key:bootstrap")], "ApiKey"))));

    [Fact]
    public void A_session_is_read_from_the_one_who_is_signed_in_by_it_and_from_nobody_else()
    {
        var session = Guid.NewGuid();
        var signedIn = ActorClaims.Of(session, Guid.NewGuid(), "cookie");

        Assert.Equal(session, ActorClaims.Session(signedIn));
        Assert.Null(ActorClaims.Session(new ClaimsPrincipal(new ClaimsIdentity(signedIn.Claims))));
    }

    [Fact]
    public void A_changed_role_or_unit_makes_another_actor()
    {
        var steward = Person(Role.Steward, "EMEA");

        Assert.True(CurrentActor.Same(steward, Person(Role.Steward, "EMEA")));
        Assert.False(CurrentActor.Same(steward, Person(Role.Approver, "EMEA")));
        Assert.False(CurrentActor.Same(steward, Person(Role.Steward, "APAC")));
        Assert.False(CurrentActor.Same(steward, null));
    }

    private static Actor Person(Role role, string unit) => new("1", "Ines Moreau", ActorKind.Person, Roles.Rights([role]), Scope.Of(unit));
}
