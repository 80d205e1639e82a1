using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>What an account could do and where, from a moment on until the next of its states. Never changed: so that anybody can be told who could do what on any date.</summary>
public sealed class AccessState
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required List<Role> Roles { get; init; }

    public bool AllUnits { get; init; }

    public required List<string> Units { get; init; }

    public List<string> Entities { get; init; } = [];

    public decimal? UpTo { get; init; }

    public List<string> Attributes { get; init; } = [];

    public bool Disabled { get; init; }

    internal Grant Grant => new(Roles, AllUnits, Units) { Entities = Entities, Mandate = new Mandate(UpTo, Attributes) };

    /// <summary>From when (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who set it so, as others read it.</summary>
    public required string By { get; init; }

    /// <summary>The reason that was given for roles that conflict; nothing where none was wanted.</summary>
    public string? InSpite { get; init; }

    internal static AccessState Of(Person person, string by, string? inSpite, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at), PersonId = person.Id, Email = person.Email ?? "", Name = person.DisplayName, Roles = [.. person.Roles], AllUnits = person.AllUnits, Units = [.. person.Units],
        Entities = [.. person.Entities],
        UpTo = person.UpTo, Attributes = [.. person.Attributes],
        Disabled = person.Disabled, At = at, By = by, InSpite = inSpite,
    };
}

internal sealed class AccessStateMapping : IEntityTypeConfiguration<AccessState>
{
    public void Configure(EntityTypeBuilder<AccessState> map)
    {
        map.ToTable("access_states");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.Email).HasMaxLength(Columns.Identity);
        map.Property(s => s.Name).HasMaxLength(Columns.Identity);
        map.Ignore(s => s.Grant);
        map.Property(s => s.Roles).HasRoles();
        map.Property(s => s.UpTo).HasPrecision(19, 4);
        map.Property(s => s.Attributes).HasNames();
        map.Property(s => s.By).HasMaxLength(Columns.Identity);
        map.Property(s => s.InSpite).HasMaxLength(Columns.Sentence);
        map.HasIndex(s => new { s.PersonId, s.At });
    }
}
