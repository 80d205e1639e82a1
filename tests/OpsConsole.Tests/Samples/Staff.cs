using OpsConsole.Access;

namespace OpsConsole.Tests.Samples;

/// <summary>The people of the tests.</summary>
internal static class Staff
{
    /// <summary>The one session that all of them have in every world; it stays confirmed.</summary>
    public static readonly Guid Session = new("0196e3a1-0000-7000-8000-0000000000aa");

    public static readonly Actor Ines = Steward("Ines Moreau");
    public static readonly Actor Ben = Steward("Ben Adeyemi");
    public static readonly Actor Hanna = Person("Hanna Berg", Scope.All, Role.Approver);
    public static readonly Actor Both = Person("Tom Okafor", Scope.All, Role.Steward, Role.Approver);
    public static readonly Actor Root = Person("Root", Scope.All, Role.Administrator);
    public static readonly Actor Key = new("key:robot", "robot", ActorKind.Key, Roles.OfApiKeys, Scope.All);

    public static Actor Steward(string name, params string[] units) => Person(name, units.Length == 0 ? Scope.All : Scope.Of(units), Role.Steward);

    public static Actor Person(string name, Scope scope, params Role[] roles) => new(name, name, ActorKind.Person, Roles.Rights(roles), scope) { Session = Session };
}
