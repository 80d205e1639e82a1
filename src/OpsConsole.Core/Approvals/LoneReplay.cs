using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>An amount that somebody sent without a second person: what rules add up over their window. Written in the transaction that ordered the replay.</summary>
public sealed class LoneReplay
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required string PreparerId { get; init; }

    /// <summary>Each object counts once, with the greatest of its amounts.</summary>
    public required Guid ObjectKey { get; init; }

    public required string ObjectType { get; init; }

    public required string Unit { get; init; }

    public string? LegalEntity { get; init; }

    /// <summary>The cause.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>As lists name the customer or supplier.</summary>
    public string? Counterparty { get; init; }

    /// <summary>In the reporting currency as it was converted then.</summary>
    public required decimal Amount { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Held by a transaction that adds something up and sends, so that two who do so at once are judged one after the other.</summary>
public sealed class FourEyesPurse
{
    /// <summary>Whose: a preparer's, a cause's, a counterparty's.</summary>
    public required Guid Key { get; init; }

    public required DateTimeOffset At { get; set; }
}

internal sealed class LoneReplayMapping : IEntityTypeConfiguration<LoneReplay>
{
    public void Configure(EntityTypeBuilder<LoneReplay> map)
    {
        map.ToTable("lone_replays");
        map.HasKey(l => l.Id);
        map.Property(l => l.Id).ValueGeneratedNever();
        map.Property(l => l.PreparerId).HasMaxLength(Columns.Identity);
        map.Property(l => l.ObjectType).HasMaxLength(Columns.Code);
        map.Property(l => l.Unit).HasMaxLength(Columns.Identity);
        map.Property(l => l.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(l => l.Fingerprint).HasMaxLength(Columns.Code);
        map.Property(l => l.Counterparty).HasMaxLength(Columns.Identity);
        map.Property(l => l.Amount).HasPrecision(19, 4);
        map.HasIndex(l => new { l.PreparerId, l.At });
        map.HasIndex(l => new { l.Fingerprint, l.At });
        map.HasIndex(l => new { l.Counterparty, l.At });
    }
}

internal sealed class FourEyesPurseMapping : IEntityTypeConfiguration<FourEyesPurse>
{
    public void Configure(EntityTypeBuilder<FourEyesPurse> map)
    {
        map.ToTable("four_eyes_purses");
        map.HasKey(p => p.Key);
        map.Property(p => p.Key).ValueGeneratedNever();
    }
}
