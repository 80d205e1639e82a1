using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsConsole.Storage;

/// <summary>"Something changed": written in the transaction that changed it, announced by every node's <c>ChangePump</c>. It carries no data, so rights stay right.</summary>
public sealed class Change
{
    /// <summary>Given by the database. Two commits may finish out of its order.</summary>
    public long Number { get; init; }

    /// <summary>A <c>LiveTopic</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The unit that it happened in; nothing: it may concern anybody.</summary>
    public string? Unit { get; init; }

    public string? Queue { get; init; }

    /// <summary>The one thing that changed, where it is one: an exception's id, a transaction's key.</summary>
    public Guid? Subject { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Who does a job that only one may do. Its holder writes under the epoch that it was given; a later holder has a higher one.</summary>
public sealed class Lease
{
    public required string Name { get; init; }

    public required string Holder { get; set; }

    public long Epoch { get; set; }

    public required DateTimeOffset Until { get; set; }
}

internal sealed class ChangeMapping : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> map)
    {
        map.ToTable("changes");
        map.HasKey(c => c.Number);
        map.Property(c => c.Number).ValueGeneratedOnAdd();
        map.Property(c => c.Topic).HasMaxLength(Columns.Code);
        map.Property(c => c.Unit).HasMaxLength(Columns.Identity);
        map.Property(c => c.Queue).HasMaxLength(Columns.Code);
        map.HasIndex(c => c.At);                // old ones are swept
    }
}

internal sealed class LeaseMapping : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> map)
    {
        map.ToTable("leases");
        map.HasKey(l => l.Name);
        map.Property(l => l.Name).HasMaxLength(Columns.Code);
        map.Property(l => l.Holder).HasMaxLength(Columns.Identity);
    }
}
