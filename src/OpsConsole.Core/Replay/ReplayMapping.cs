using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

internal sealed class ReplayItemMapping : IEntityTypeConfiguration<ReplayItem>
{
    public void Configure(EntityTypeBuilder<ReplayItem> map)
    {
        map.ToTable("replay_items");
        map.HasKey(r => r.Id);
        map.Property(r => r.Id).ValueGeneratedNever();
        map.Property(r => r.Number).ValueGeneratedOnAdd();
        map.Property(r => r.State).IsConcurrencyToken();
        map.Property(r => r.Target).HasMaxLength(Columns.Identity);
        map.Property(r => r.IdempotencyKey).HasMaxLength(Columns.Identity);
        map.Property(r => r.Hash).HasMaxLength(64);
        map.Property(r => r.RequestedBy).HasMaxLength(Columns.Identity);
        map.Property(r => r.RequestedByName).HasMaxLength(Columns.Identity);
        map.Property(r => r.ApprovedBy).HasMaxLength(Columns.Identity);
        map.Property(r => r.ApprovedByName).HasMaxLength(Columns.Identity);
        map.Property(r => r.Finding).HasMaxLength(Columns.Sentence);

        // One outstanding replay per exception, whatever is clicked where: both databases leave rows with a null out (SQL Server by a filter).
        map.HasIndex(r => new { r.CaseId, r.Outstanding }).IsUnique();
        map.HasIndex(r => new { r.State, r.DueAt });                      // proofs, and holds that ended
        map.HasIndex(r => new { r.State, r.Target, r.Number });           // what a target is sent next, in order
        map.HasIndex(r => r.WaitsFor);                                    // what an exception holds back
    }
}

internal sealed class ReplayAttemptMapping : IEntityTypeConfiguration<ReplayAttempt>
{
    public void Configure(EntityTypeBuilder<ReplayAttempt> map)
    {
        map.ToTable("replay_attempts");
        map.HasKey(a => new { a.ItemId, a.Number });
        map.Property(a => a.Number).ValueGeneratedNever();
        map.Property(a => a.TraceId).HasMaxLength(16).IsFixedLength();
        map.Property(a => a.Fault).HasMaxLength(Columns.Sentence);
        map.HasIndex(a => a.CaseId);
    }
}

internal sealed class PayloadVersionMapping : IEntityTypeConfiguration<PayloadVersion>
{
    public void Configure(EntityTypeBuilder<PayloadVersion> map)
    {
        map.ToTable("payload_versions");
        map.HasKey(p => new { p.CaseId, p.Version });
        map.Property(p => p.Version).ValueGeneratedNever();
        map.Property(p => p.Hash).HasMaxLength(64);
        map.Property(p => p.AuthorId).HasMaxLength(Columns.Identity);
        map.Property(p => p.AuthorName).HasMaxLength(Columns.Identity);
        map.Property(p => p.Note).HasMaxLength(Columns.Sentence);
        map.Property(p => p.Reason).HasMaxLength(Columns.Code).HasDefaultValue(RepairReasons.Other);
        map.Property(p => p.Contract).HasMaxLength(Columns.Code);
        map.Property(p => p.Changed).HasDefaultValue("");
        map.Property(p => p.Raw).HasDefaultValue(false);
    }
}

internal sealed class RepairDraftMapping : IEntityTypeConfiguration<RepairDraft>
{
    public void Configure(EntityTypeBuilder<RepairDraft> map)
    {
        map.ToTable("repair_drafts");
        map.HasKey(d => new { d.CaseId, d.PersonId });
        map.Property(d => d.PersonId).HasMaxLength(Columns.Identity);
        map.HasOne<ExceptionCase>().WithMany().HasForeignKey(d => d.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReplayTargetMapping : IEntityTypeConfiguration<ReplayTarget>
{
    public void Configure(EntityTypeBuilder<ReplayTarget> map)
    {
        map.ToTable("targets");
        map.HasKey(t => t.Name);
        map.Property(t => t.Name).HasMaxLength(Columns.Identity);
        map.Property(t => t.Url).HasMaxLength(2048);
        map.Property(t => t.ReadBackUrl).HasMaxLength(2048);
        map.Property(t => t.Method).HasMaxLength(8);
        map.Property(t => t.RatePerSecond).HasPrecision(9, 3);
        map.Property(t => t.Parallel).HasDefaultValue(ReplayTarget.UsualParallel);
        map.Property(t => t.BreakAfter).HasDefaultValue(ReplayTarget.UsualBreakAfter);
        map.Property(t => t.BreakSeconds).HasDefaultValue(ReplayTarget.UsualBreakSeconds);
        map.Property(t => t.LastFault).HasMaxLength(Columns.Sentence);
    }
}
