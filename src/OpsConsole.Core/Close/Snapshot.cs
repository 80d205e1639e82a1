using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Close;

/// <summary>Numbers that somebody kept, as they were known at a moment. Never changed; what a later look as of the same moment says is the same.</summary>
public sealed class Snapshot
{
    /// <summary><see cref="Kind"/> of a close's sign-off.</summary>
    public const string OfClose = "close";

    /// <summary><see cref="Kind"/> of a board that somebody kept.</summary>
    public const string OfBoard = "board";

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>Whose numbers: a unit; empty: all that the one who kept them may see.</summary>
    public required string Unit { get; init; }

    /// <summary>Empty: all of the unit's.</summary>
    public string LegalEntity { get; init; } = "";

    /// <summary>Of a close: the month, <c>2026-11</c>.</summary>
    public string Period { get; init; } = "";

    /// <summary>The how manieth of its unit, legal entity and period: of two who keep one at once, one is too late.</summary>
    public required int Number { get; init; }

    /// <summary>The page that shows them, without the moment.</summary>
    public required string Address { get; init; }

    /// <summary>The moment (UTC) of which they are true.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required string TakenBy { get; init; }

    public required string TakenByName { get; init; }

    public string Note { get; init; } = "";

    /// <summary>JSON of the numbers.</summary>
    public required string Numbers { get; init; }
}

internal sealed class SnapshotMapping : IEntityTypeConfiguration<Snapshot>
{
    public void Configure(EntityTypeBuilder<Snapshot> map)
    {
        map.ToTable("snapshots");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.Kind).HasMaxLength(Columns.Code);
        map.Property(s => s.Unit).HasMaxLength(Columns.Identity);
        map.Property(s => s.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(s => s.Period).HasMaxLength(Columns.Code);
        map.Property(s => s.Address).HasMaxLength(Columns.Sentence);
        map.Property(s => s.TakenBy).HasMaxLength(Columns.Identity);
        map.Property(s => s.TakenByName).HasMaxLength(Columns.Identity);
        map.Property(s => s.Note).HasMaxLength(Columns.Sentence);
        map.HasIndex(s => new { s.Kind, s.Unit, s.LegalEntity, s.Period, s.Number }).IsUnique();
        map.HasIndex(s => s.TakenAt);
    }
}
