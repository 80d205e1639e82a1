using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Access;

/// <summary>How often somebody was wrong of late: under one account from unknown devices, from one device that signed in before, or from one address.</summary>
public sealed class SignInCount
{
    public required Guid Key { get; init; }

    public required int Tries { get; set; }

    /// <summary>When this counting began; after <see cref="SignInThrottle.Window"/> it begins anew.</summary>
    public required DateTimeOffset Since { get; set; }
}

internal sealed class SignInCountMapping : IEntityTypeConfiguration<SignInCount>
{
    public void Configure(EntityTypeBuilder<SignInCount> map)
    {
        map.ToTable("sign_in_counts");
        map.HasKey(c => c.Key);
        map.Property(c => c.Key).ValueGeneratedNever();
    }
}
