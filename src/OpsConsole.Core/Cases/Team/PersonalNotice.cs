using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Why somebody is told something.</summary>
public enum NoticeKind : short
{
    /// <summary>A comment names them.</summary>
    Mentioned,

    /// <summary>They hold it now: somebody gave it to them.</summary>
    Assigned,

    /// <summary>Their claim ended, or somebody else holds it now.</summary>
    ClaimEnded,

    /// <summary>They are asked to be the second pair of eyes.</summary>
    ApprovalAsked,

    /// <summary>What they prepared was decided on.</summary>
    Decided,

    /// <summary>Something happened to what they watch.</summary>
    Watched,
}

/// <summary>One line for one person, written in the transaction of what it tells. Never changed but for <see cref="ReadAt"/>.</summary>
public sealed class PersonalNotice
{
    /// <summary>Version 7, so in the order of time.</summary>
    public required Guid Id { get; init; }

    public required string PersonId { get; init; }

    public required NoticeKind Kind { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>What happened: <c>Ines Moreau assigned it to you: look at the tax profile</c>.</summary>
    public required string Text { get; init; }

    public required string ById { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When its reader saw it; nothing: not yet.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}

internal sealed class PersonalNoticeMapping : IEntityTypeConfiguration<PersonalNotice>
{
    public void Configure(EntityTypeBuilder<PersonalNotice> map)
    {
        map.ToTable("personal_notices");
        map.HasKey(n => n.Id);
        map.Property(n => n.Id).ValueGeneratedNever();
        map.Property(n => n.PersonId).HasMaxLength(Columns.Identity);
        map.Property(n => n.ById).HasMaxLength(Columns.Identity);
        map.Property(n => n.Text).HasMaxLength(Columns.Kept);
        map.HasIndex(n => new { n.PersonId, n.ReadAt, n.Id });
    }
}
