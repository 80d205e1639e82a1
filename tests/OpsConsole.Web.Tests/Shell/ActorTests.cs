using System.Security.Claims;
using OpsConsole.Access;
using OpsConsole.Basics;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Shell;

public class ActorTests
{
    [Fact]
    public void A_program_with_a_key_is_no_person() => Assert.Null(ActorClaims.Person(Principal("key:bootstrap", "ApiKey")));

    [Fact]
    public void Somebody_who_is_not_signed_in_is_no_person() => Assert.Null(ActorClaims.Person(Principal(Guid.NewGuid().ToString(), null)));

    [Fact]
    public void A_changed_role_or_unit_makes_another_actor()
    {
        var steward = Person(Role.Steward, "EMEA");

        Assert.True(CurrentActor.Same(steward, Person(Role.Steward, "EMEA")));
        Assert.False(CurrentActor.Same(steward, Person(Role.Approver, "EMEA")));
        Assert.False(CurrentActor.Same(steward, Person(Role.Steward, "APAC")));
        Assert.False(CurrentActor.Same(steward, null));
    }

    private static ClaimsPrincipal Principal(string id, string? signedInBy) => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], signedInBy));

    private static Actor Person(Role role, string unit) => new("1", "Ines Moreau", ActorKind.Person, Roles.Rights([role]), Scope.Of(unit));
}
