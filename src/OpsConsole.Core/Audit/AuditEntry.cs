using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>One human action (or a program's with a key), written in the transaction of what it tells. Never changed.</summary>
public sealed class AuditEntry
{
    /// <summary>Version 7, so in the order of time.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary><c>case.claim</c>, <c>rule.save</c>, <c>key.create</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: <c>EX-20418</c>, <c>rule AR invoices</c>.</summary>
    public required string Subject { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>The unit that it concerns, when it concerns one: readers see their own.</summary>
    public string? Unit { get; init; }

    /// <summary>Over <see cref="AuditBytes"/>. Entries from before there was a chain have none: they are sealed as they were found.</summary>
    public byte[]? Hash { get; private set; }

    public static AuditEntry Of(Actor actor, string action, string subject, string detail, DateTimeOffset at, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var entry = new AuditEntry
        {
            Id = Guid.CreateVersion7(at), At = AuditBytes.Kept(at), ActorId = actor.Id, ActorName = actor.Name, Action = action, Subject = subject,
            Detail = actor.EmergencyUntil is null ? detail : $"{detail} (emergency access)".TrimStart(), Unit = unit,
        };
        entry.Hash = AuditBytes.HashOf(entry);
        return entry;
    }

    /// <summary>An entry as an export tells it, with the hash that stood beside it.</summary>
    internal static AuditEntry Told(AuditEntry entry, byte[]? hash)
    {
        entry.Hash = hash;
        return entry;
    }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> map)
    {
        map.ToTable("audit");
        map.HasKey(a => a.Id);
        map.Property(a => a.Id).ValueGeneratedNever();
        map.Property(a => a.ActorId).HasMaxLength(Columns.Identity);
        map.Property(a => a.ActorName).HasMaxLength(Columns.Identity);
        map.Property(a => a.Action).HasMaxLength(Columns.Code);
        map.Property(a => a.Subject).HasMaxLength(Columns.Identity);
        map.Property(a => a.Unit).HasMaxLength(Columns.Identity);
        map.Property(a => a.Hash).HasMaxLength(Columns.Hash);
        map.HasIndex(a => new { a.At, a.Id });
        map.HasIndex(a => a.Subject);
    }
}
