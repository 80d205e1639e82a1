using OpsConsole.Access;

namespace OpsConsole.Tests.Samples;

internal static class Hiring
{
    /// <summary>Somebody with an account, as those who act.</summary>
    public static Task<Actor> Hire(this World world, string name, params Role[] roles) => world.Hire(name, [], roles);

    public static async Task<Actor> Hire(this World world, string name, string[] units, params Role[] roles)
    {
        var handle = name.ToLowerInvariant().Replace(' ', '.');
        var person = new Person
        {
            Id = Guid.NewGuid(), DisplayName = name, UserName = handle, NormalizedUserName = handle.ToUpperInvariant(), Email = $"{handle}@example.com",
            NormalizedEmail = $"{handle}@example.com".ToUpperInvariant(), Roles = [.. roles], AllUnits = units.Length == 0, Units = [.. units], CreatedAt = world.Clock.Now,
        };
        await using var db = world.Open();
        db.People.Add(person);
        await db.SaveChangesAsync();
        return person.ToActor();
    }
}
