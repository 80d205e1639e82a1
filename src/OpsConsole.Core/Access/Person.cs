using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody with an account. Roles say what they may do, units where.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    public List<Role> Roles { get; set; } = [];

    /// <summary>Sees and acts in every unit, <c>unassigned</c> included.</summary>
    public bool AllUnits { get; set; }

    /// <summary>The units of their scope when not <see cref="AllUnits"/>.</summary>
    public List<string> Units { get; set; } = [];

    /// <summary>The legal entities to which they are limited within their units; none: all, and what names none.</summary>
    public List<string> Entities { get; set; } = [];

    /// <summary>The most that they decide alone or as the second person, in the reporting currency; nothing: any amount.</summary>
    public decimal? UpTo { get; set; }

    /// <summary>The attributes that a repair of theirs may change; none: all that contracts let.</summary>
    public List<string> Attributes { get; set; } = [];

    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Who this person is when they ask for something now.</summary>
    /// <param name="emergencies">What they have besides, for some hours: roles and units. It lifts no limit to legal entities.</param>
    public Actor ToActor(params IReadOnlyList<EmergencyAccess> emergencies)
    {
        var all = AllUnits || emergencies.Any(one => one.AllUnits);
        return new Actor(
            Id.ToString(), DisplayName, ActorKind.Person, Access.Roles.Rights(Roles.Concat(emergencies.SelectMany(one => one.Roles))),
            (all ? Scope.All : Scope.Of(Units.Concat(emergencies.SelectMany(one => one.Units)))).Only(Entities))
        {
            Mandate = new Mandate(UpTo, Attributes),
            EmergencyUntil = emergencies.Count == 0 ? null : emergencies.Max(one => one.Until),
        };
    }
}

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> map)
    {
        map.ToTable("people");
        map.HasKey(p => p.Id);
        map.Property(p => p.UserName).HasMaxLength(Columns.Identity);
        map.Property(p => p.NormalizedUserName).HasMaxLength(Columns.Identity);
        map.Property(p => p.Email).HasMaxLength(Columns.Identity);
        map.Property(p => p.NormalizedEmail).HasMaxLength(Columns.Identity);
        map.Property(p => p.DisplayName).HasMaxLength(Columns.Identity);
        map.Property(p => p.ConcurrencyStamp).HasMaxLength(Columns.Code).IsConcurrencyToken();
        map.Property(p => p.PhoneNumber).HasMaxLength(Columns.Code);
        map.HasIndex(p => p.NormalizedUserName).IsUnique();
        map.HasIndex(p => p.NormalizedEmail);
        map.Property(p => p.Roles).HasRoles();
        map.Property(p => p.UpTo).HasPrecision(19, 4);
        map.Property(p => p.Attributes).HasNames();
    }
}

internal static class RolesColumn
{
    /// <summary>Roles as one text, parted by commas.</summary>
    public static PropertyBuilder<List<Role>> HasRoles(this PropertyBuilder<List<Role>> roles) => roles.HasConversion(
        list => string.Join(',', list),
        text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>).ToList(),
        new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<List<Role>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList()));

    /// <summary>Names without commas as one text, parted by them.</summary>
    public static PropertyBuilder<List<string>> HasNames(this PropertyBuilder<List<string>> names) => names.HasConversion(
        list => string.Join(',', list),
        text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList(),
        new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<List<string>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList()));
}

internal sealed class PersonClaimMapping : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> map)
    {
        map.ToTable("person_claims");
        map.HasKey(c => c.Id);
        map.HasIndex(c => c.UserId);
    }
}

internal sealed class PersonLoginMapping : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> map)
    {
        map.ToTable("person_logins");
        map.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        map.Property(l => l.LoginProvider).HasMaxLength(128);
        map.Property(l => l.ProviderKey).HasMaxLength(128);
    }
}

internal sealed class PersonTokenMapping : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> map)
    {
        map.ToTable("person_tokens");
        map.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        map.Property(t => t.LoginProvider).HasMaxLength(128);
        map.Property(t => t.Name).HasMaxLength(128);
    }
}

internal sealed class PersonPasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    // As long as a key of SQL Server may be; WebAuthn allows a little more, authenticators use a tenth of it.
    private const int Longest = 900;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> map)
    {
        map.ToTable("person_passkeys");
        map.HasKey(p => p.CredentialId);
        map.Property(p => p.CredentialId).HasMaxLength(Longest);
        map.HasIndex(p => p.UserId);
        map.OwnsOne(p => p.Data).ToJson();
    }
}
