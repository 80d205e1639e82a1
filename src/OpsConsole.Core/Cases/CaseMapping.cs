using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

internal sealed class ExceptionSignalMapping : IEntityTypeConfiguration<ExceptionSignal>
{
    public void Configure(EntityTypeBuilder<ExceptionSignal> map)
    {
        map.ToTable("signals");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.ObjectType).HasMaxLength(Columns.Code);
        map.Property(s => s.ObjectId).HasMaxLength(Columns.Identity);
        map.Property(s => s.ObjectLabel).HasMaxLength(Columns.Identity);
        map.Property(s => s.System).HasMaxLength(Columns.Identity);
        map.Property(s => s.Operation).HasMaxLength(Columns.Identity);
        map.Property(s => s.EndedBy).HasMaxLength(Columns.Hash);
        map.Property(s => s.FailureKey).HasMaxLength(Columns.Hash);
        map.Property(s => s.TraceId).HasMaxLength(16);
        map.Property(s => s.ErrorCode).HasMaxLength(Columns.Identity);
        map.Property(s => s.ErrorCategory).HasMaxLength(Columns.Code);
        map.Property(s => s.ErrorAttribute).HasMaxLength(Columns.Identity);
        map.Property(s => s.ReplayTarget).HasMaxLength(Columns.Identity);
        map.Property(s => s.IdempotencyKey).HasMaxLength(Columns.Identity);
        map.Property(s => s.Unit).HasMaxLength(Columns.Identity);
        map.Property(s => s.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(s => s.Region).HasMaxLength(Columns.Identity);
        map.Property(s => s.Amount).HasPrecision(19, 4);
        map.Property(s => s.Currency).HasMaxLength(Columns.Currency);
        map.HasIndex(s => s.ObjectKey);
        map.HasIndex(s => s.Changed);            // the dialects filter it to the few that are
    }
}

internal sealed class ExceptionCaseMapping : IEntityTypeConfiguration<ExceptionCase>
{
    public const string OpenCases = "IX_cases_open";
    public const string RankedCases = "IX_cases_ranked";
    public const string AllCases = "IX_cases_all";
    public const string UnroutedCases = "IX_cases_unrouted";
    public const string SnoozedCases = "IX_cases_snoozed";
    public const string EscalatingCases = "IX_cases_escalating";
    public const string PausedCases = "IX_cases_paused";

    /// <summary>What <see cref="OpenCases"/> holds besides its keys.</summary>
    public static readonly string[] Held =
    [
        nameof(ExceptionCase.Id), nameof(ExceptionCase.ObjectKey), nameof(ExceptionCase.ObjectType), nameof(ExceptionCase.Operation), nameof(ExceptionCase.Amount), nameof(ExceptionCase.Currency), nameof(ExceptionCase.ReportingAmount), nameof(ExceptionCase.ExceptionType), nameof(ExceptionCase.Fingerprint), nameof(ExceptionCase.OpenedAt),
    ];

    /// <summary>What the index by object holds besides: all that <see cref="CaseQueries.Sums"/> of a state or unit looks at.</summary>
    public static readonly string[] Summed =
    [
        nameof(ExceptionCase.State), nameof(ExceptionCase.Unit), nameof(ExceptionCase.Amount), nameof(ExceptionCase.ReportingAmount), nameof(ExceptionCase.DueOrder), nameof(ExceptionCase.EndedAt), nameof(ExceptionCase.MovedTo),
    ];

    public void Configure(EntityTypeBuilder<ExceptionCase> map)
    {
        map.ToTable("cases");
        map.HasKey(c => c.Id);
        map.Property(c => c.Id).ValueGeneratedNever();
        map.Property(c => c.Number).ValueGeneratedOnAdd();
        map.Ignore(c => c.Name);
        map.Property(c => c.ObjectType).HasMaxLength(Columns.Code);
        map.Property(c => c.ObjectId).HasMaxLength(Columns.Identity);
        map.Property(c => c.ObjectLabel).HasMaxLength(Columns.Identity);
        map.Property(c => c.System).HasMaxLength(Columns.Identity);
        map.Property(c => c.Operation).HasMaxLength(Columns.Identity);
        map.Property(c => c.ExceptionType).HasMaxLength(Columns.Code);
        map.Property(c => c.Fingerprint).HasMaxLength(Columns.Code);
        map.Property(c => c.FoundAs).HasMaxLength(Columns.Code);
        map.Property(c => c.FoundCause).HasMaxLength(Columns.Sentence);
        map.Property(c => c.Title).HasMaxLength(Columns.Sentence);
        map.Property(c => c.Cause).HasMaxLength(Columns.Sentence);
        map.Property(c => c.ErrorCode).HasMaxLength(Columns.Identity);
        map.Property(c => c.ErrorCategory).HasMaxLength(Columns.Code);
        map.Property(c => c.ErrorAttribute).HasMaxLength(Columns.Identity);
        map.Property(c => c.ReplayTarget).HasMaxLength(Columns.Identity);
        map.Property(c => c.IdempotencyKey).HasMaxLength(Columns.Identity);
        map.Property(c => c.FailureKey).HasMaxLength(Columns.Hash);
        map.Property(c => c.TraceId).HasMaxLength(16);
        map.Property(c => c.Unit).HasMaxLength(Columns.Identity);
        map.Property(c => c.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(c => c.Region).HasMaxLength(Columns.Identity);
        map.Property(c => c.Amount).HasPrecision(19, 4);
        map.Property(c => c.Currency).HasMaxLength(Columns.Currency);
        map.Property(c => c.ReportingAmount).HasPrecision(19, 4);
        map.Property(c => c.Holder).HasMaxLength(Columns.Identity);
        map.Property(c => c.HolderName).HasMaxLength(Columns.Identity);
        map.Property(c => c.Queue).HasMaxLength(Columns.Code);
        map.Property(c => c.RuleSaid).HasMaxLength(Columns.Sentence);
        map.Property(c => c.PreparedBy).HasMaxLength(Columns.Identity);
        map.Property(c => c.PreparedByName).HasMaxLength(Columns.Identity);
        map.Property(c => c.SubmittedHash).HasMaxLength(64);
        map.Property(c => c.Ending).HasMaxLength(Columns.Sentence);
        map.Property(c => c.DismissCode).HasMaxLength(Columns.Code);
        map.Property(c => c.SnoozeAmount).HasPrecision(19, 4);
        map.Property(c => c.ProofKey).HasMaxLength(Columns.Hash);
        map.Property(c => c.Version).IsConcurrencyToken();

        map.HasIndex(c => c.Number).IsUnique();
        map.HasIndex(c => new { c.Fingerprint, c.EndedAt });       // many cases, one cause; how the latest of them ended
        map.HasIndex(c => c.ObjectKey);                            // an object's own, and the sums of all there ever were: the dialects let it hold these
        map.HasIndex(c => c.ObjectId);                             // search by business key
        map.HasIndex(c => new { c.DueOrder, c.Number, c.State, c.Unit }, AllCases);                // lists that hold ended ones
        map.HasIndex(c => c.TraceId);                              // a trace's page

        // What has not ended is a small part of what there ever was. The dialects keep these three to it, and let the first hold all that lists, tabs and the board count and sum.
        map.HasIndex(c => new { c.DueOrder, c.Number, c.Unit, c.Queue, c.State, c.Holder }, OpenCases);
        map.HasIndex(c => new { c.RankOrder, c.Number, c.Unit, c.Queue, c.State, c.Holder }, RankedCases);
        map.HasIndex(c => c.Number, UnroutedCases);                // what waits for the routing worker
        map.HasIndex(c => c.SnoozedUntil, SnoozedCases);           // what is to be woken
        map.HasIndex(c => c.EscalateAt, EscalatingCases);          // whose escalation is to be looked at
        map.HasIndex(c => c.PausedUntil, PausedCases);             // whose clock is to run on
    }
}

internal sealed class CaseStepMapping : IEntityTypeConfiguration<CaseStep>
{
    public void Configure(EntityTypeBuilder<CaseStep> map)
    {
        map.ToTable("case_steps");
        map.HasKey(s => new { s.CaseId, s.Version });
        map.Property(s => s.Version).ValueGeneratedNever();
        map.Property(s => s.ActorId).HasMaxLength(Columns.Identity);
        map.Property(s => s.ActorName).HasMaxLength(Columns.Identity);
        map.Property(s => s.Reason).HasMaxLength(Columns.Sentence);
        map.HasOne<ExceptionCase>().WithMany().HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}
