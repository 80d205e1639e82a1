using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

internal sealed class FlowMapping : IEntityTypeConfiguration<Flow>
{
    public void Configure(EntityTypeBuilder<Flow> map)
    {
        map.ToTable("flows");
        map.HasKey(f => f.Name);
        map.Property(f => f.Name).HasMaxLength(Columns.Code);
        map.Property(f => f.UpdatedBy).HasMaxLength(Columns.Identity);
        map.Property(f => f.Version).IsConcurrencyToken();
    }
}

internal sealed class TransactionMapping : IEntityTypeConfiguration<Transaction>
{
    /// <summary>What the index of lists and periods holds besides its keys.</summary>
    public static readonly string[] Counted =
    [
        nameof(Transaction.Unit), nameof(Transaction.Amount), nameof(Transaction.Currency), nameof(Transaction.Late), nameof(Transaction.NextDueAt), nameof(Transaction.Progress), nameof(Transaction.StartedAt),
    ];

    public void Configure(EntityTypeBuilder<Transaction> map)
    {
        map.ToTable("transactions");
        map.HasKey(t => t.Key);
        map.Property(t => t.Key).ValueGeneratedNever();
        map.Property(t => t.Flow).HasMaxLength(Columns.Code);
        map.Property(t => t.LeadType).HasMaxLength(Columns.Code);
        map.Property(t => t.LeadId).HasMaxLength(Columns.Identity);
        map.Property(t => t.Label).HasMaxLength(Columns.Identity);
        map.Property(t => t.Unit).HasMaxLength(Columns.Identity);
        map.Property(t => t.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(t => t.Region).HasMaxLength(Columns.Identity);
        map.Property(t => t.Amount).HasPrecision(19, 4);
        map.Property(t => t.Currency).HasMaxLength(Columns.Currency);
        map.Property(t => t.Progress).HasMaxLength(Transaction.LongestProgress);
        map.HasIndex(t => new { t.Flow, t.StartOrder, t.Key }).IsDescending(false, true, false);     // lists, and the board's period: the dialects let it hold what the board counts
        map.HasIndex(t => t.LeadKey);
        map.HasIndex(t => t.LeadId);
        map.HasIndex(t => t.NextDueAt);          // what has become overdue
    }
}

internal sealed class TransactionObjectMapping : IEntityTypeConfiguration<TransactionObject>
{
    public void Configure(EntityTypeBuilder<TransactionObject> map)
    {
        map.ToTable("transaction_objects");
        map.HasKey(o => new { o.TransactionKey, o.ObjectKey });
        map.Property(o => o.Path).HasMaxLength(Columns.Identity);
        map.HasIndex(o => o.ObjectKey);
    }
}

internal sealed class TransactionMilestoneMapping : IEntityTypeConfiguration<TransactionMilestone>
{
    public void Configure(EntityTypeBuilder<TransactionMilestone> map)
    {
        map.ToTable("transaction_milestones");
        map.HasKey(m => new { m.TransactionKey, m.Name });
        map.Property(m => m.Name).HasMaxLength(Columns.Code);
        map.Property(m => m.Flow).HasMaxLength(Columns.Code);
        map.Property(m => m.System).HasMaxLength(Columns.Identity);
        map.HasIndex(m => new { m.Flow, m.Name, m.ReachedAt });          // lags: the dialects let it hold whose it is
        map.HasIndex(m => new { m.Flow, m.Name, m.PriorAt });            // one row a transaction and step: the dialects let it hold how long it took
    }
}
