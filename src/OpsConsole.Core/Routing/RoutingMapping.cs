using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

internal sealed class RoutingRuleMapping : IEntityTypeConfiguration<RoutingRule>
{
    public void Configure(EntityTypeBuilder<RoutingRule> map)
    {
        map.ToTable("routing_rules");
        map.HasKey(r => r.Id);
        map.Property(r => r.Id).ValueGeneratedNever();
        map.Property(r => r.Name).HasMaxLength(Columns.Identity);
        map.Property(r => r.ExceptionType).HasMaxLength(Columns.Code);
        map.Property(r => r.EntityType).HasMaxLength(Columns.Code);
        map.Property(r => r.Unit).HasMaxLength(Columns.Identity);
        map.Property(r => r.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(r => r.Category).HasMaxLength(Columns.Code);
        map.Property(r => r.AmountAtLeast).HasPrecision(19, 4);
        map.Property(r => r.Queue).HasMaxLength(Columns.Code);
        map.Property(r => r.Calendar).HasMaxLength(Columns.Code);
        map.Property(r => r.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}

internal sealed class WorkQueueMapping : IEntityTypeConfiguration<WorkQueue>
{
    public void Configure(EntityTypeBuilder<WorkQueue> map)
    {
        map.ToTable("queues");
        map.HasKey(q => q.Code);
        map.Property(q => q.Code).HasMaxLength(Columns.Code);
        map.Property(q => q.Label).HasMaxLength(Columns.Identity);
    }
}

internal sealed class BookVersionMapping : IEntityTypeConfiguration<BookVersion>
{
    public void Configure(EntityTypeBuilder<BookVersion> map)
    {
        map.ToTable("rule_book_versions");
        map.HasKey(v => v.Version);
        map.Property(v => v.Version).ValueGeneratedNever();
        map.Property(v => v.ById).HasMaxLength(Columns.Identity);
        map.Property(v => v.By).HasMaxLength(Columns.Identity);
        map.Property(v => v.Note).HasMaxLength(Columns.Sentence);
        map.HasIndex(v => v.At);
    }
}

internal sealed class BookDraftMapping : IEntityTypeConfiguration<BookDraft>
{
    public void Configure(EntityTypeBuilder<BookDraft> map)
    {
        map.ToTable("rule_book_drafts");
        map.HasKey(d => d.OwnerId);
        map.Property(d => d.OwnerId).HasMaxLength(Columns.Identity);
        map.Property(d => d.UpdatedAt).IsConcurrencyToken();
    }
}

internal sealed class EscalationLevelMapping : IEntityTypeConfiguration<EscalationLevel>
{
    public void Configure(EntityTypeBuilder<EscalationLevel> map)
    {
        map.ToTable("escalation_levels");
        map.HasKey(l => l.Id);
        map.Property(l => l.Id).ValueGeneratedNever();
        map.Property(l => l.Name).HasMaxLength(Columns.Identity);
        map.Property(l => l.Queue).HasMaxLength(Columns.Code);
        map.Property(l => l.Unit).HasMaxLength(Columns.Identity);
        map.Property(l => l.AmountAtLeast).HasPrecision(19, 4);
        map.Property(l => l.Recipient).HasMaxLength(Columns.Identity);
        map.Property(l => l.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}

internal sealed class CaseEscalationMapping : IEntityTypeConfiguration<CaseEscalation>
{
    public void Configure(EntityTypeBuilder<CaseEscalation> map)
    {
        map.ToTable("case_escalations");
        map.HasKey(e => new { e.CaseId, e.Spells, e.LevelId });
        map.HasOne<ExceptionCase>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CasePauseMapping : IEntityTypeConfiguration<CasePause>
{
    public void Configure(EntityTypeBuilder<CasePause> map)
    {
        map.ToTable("case_pauses");
        map.HasKey(p => new { p.CaseId, p.From });
        map.Property(p => p.Reason).HasMaxLength(Columns.Sentence);
        map.Property(p => p.ById).HasMaxLength(Columns.Identity);
        map.Property(p => p.ByName).HasMaxLength(Columns.Identity);
        map.HasOne<ExceptionCase>().WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryObjectiveMapping : IEntityTypeConfiguration<RecoveryObjective>
{
    public void Configure(EntityTypeBuilder<RecoveryObjective> map)
    {
        map.ToTable("recovery_objectives");
        map.HasKey(o => o.Flow);
        map.Property(o => o.Flow).HasMaxLength(Columns.Code);
        map.Property(o => o.Calendar).HasMaxLength(Columns.Code);
        map.Property(o => o.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}
