using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Somebody who wants to be told what happens to an exception.</summary>
public sealed class CaseWatch
{
    public required Guid CaseId { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    public required DateTimeOffset Since { get; init; }
}

/// <summary>A word that people put on an exception: lower-case letters, digits and hyphens.</summary>
public sealed class CaseTag
{
    public required Guid CaseId { get; init; }

    public required string Tag { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>An https address outside the console that belongs to an exception: a ticket, a mail thread.</summary>
public sealed class CaseTicket
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required string Url { get; init; }

    /// <summary>As people read it: <c>JIRA FIN-2211</c>.</summary>
    public required string Title { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Somebody who has an exception open in a window. The row lives as long as its heartbeat.</summary>
public sealed class CasePresence
{
    public required Guid CaseId { get; init; }

    public required string PersonId { get; init; }

    /// <summary>One window of theirs.</summary>
    public required Guid Window { get; init; }

    public required string PersonName { get; init; }

    /// <summary>They have typed something that is not saved.</summary>
    public required bool Editing { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}

internal sealed class CaseWatchMapping : IEntityTypeConfiguration<CaseWatch>
{
    public void Configure(EntityTypeBuilder<CaseWatch> map)
    {
        map.ToTable("case_watches");
        map.HasKey(w => new { w.CaseId, w.PersonId });
        map.Property(w => w.PersonId).HasMaxLength(Columns.Identity);
        map.Property(w => w.PersonName).HasMaxLength(Columns.Identity);
    }
}

internal sealed class CaseTagMapping : IEntityTypeConfiguration<CaseTag>
{
    public void Configure(EntityTypeBuilder<CaseTag> map)
    {
        map.ToTable("case_tags");
        map.HasKey(t => new { t.CaseId, t.Tag });
        map.Property(t => t.Tag).HasMaxLength(Columns.Code);
        map.Property(t => t.ByName).HasMaxLength(Columns.Identity);
        map.HasIndex(t => t.Tag);               // exceptions with a tag
    }
}

internal sealed class CaseTicketMapping : IEntityTypeConfiguration<CaseTicket>
{
    public void Configure(EntityTypeBuilder<CaseTicket> map)
    {
        map.ToTable("case_tickets");
        map.HasKey(t => t.Id);
        map.Property(t => t.Id).ValueGeneratedNever();
        map.Property(t => t.Url).HasMaxLength(2048);
        map.Property(t => t.Title).HasMaxLength(Columns.Identity);
        map.Property(t => t.ByName).HasMaxLength(Columns.Identity);
        map.HasIndex(t => t.CaseId);
    }
}

internal sealed class CasePresenceMapping : IEntityTypeConfiguration<CasePresence>
{
    public void Configure(EntityTypeBuilder<CasePresence> map)
    {
        map.ToTable("case_presences");
        map.HasKey(p => new { p.CaseId, p.PersonId, p.Window });
        map.Property(p => p.PersonId).HasMaxLength(Columns.Identity);
        map.Property(p => p.PersonName).HasMaxLength(Columns.Identity);
        map.HasIndex(p => p.SeenAt);            // old ones are swept
    }
}
