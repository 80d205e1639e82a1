using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Kpis;
using OpsConsole.Storage;

namespace OpsConsole.Reports;

/// <summary>A board that is mailed again and again. It holds what its owner may see when it runs, and goes only to people who may see that too.</summary>
public sealed class ReportSchedule
{
    public const int LongestName = 100;
    public const int MostRecipients = 50;
    public const int MostOfOne = 20;

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>In whose name it runs.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>What the board is narrowed to: a <see cref="BoardFilter"/> as JSON.</summary>
    public required string Filter { get; set; }

    public required List<ReportForm> Forms { get; set; }

    /// <summary>Ids of people: the mail goes to the address that they have when it runs.</summary>
    public required List<string> Recipients { get; set; }

    public required ReportPace Pace { get; set; }

    /// <summary>Weekly: the day of the week, 0 is Sunday. Monthly: the day of the month, the last one where the month is shorter.</summary>
    public int Day { get; set; }

    /// <summary>Since midnight by the clocks of <see cref="Zone"/>.</summary>
    public required int Minute { get; set; }

    /// <summary>IANA name of the time zone.</summary>
    public required string Zone { get; set; }

    /// <summary>When it runs next, UTC.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>When it ran last, UTC.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>What was wrong at the last run; nothing: all went out.</summary>
    public string? Fault { get; set; }

    /// <summary>It does not run: by its owner's wish, or because the owner may no longer read the board.</summary>
    public bool Paused { get; set; }

    /// <summary>Raised at every change by a person.</summary>
    public int Version { get; set; } = 1;

    public BoardFilter Narrowed() => JsonSerializer.Deserialize<BoardFilter>(Filter)!;
}

internal sealed class ReportScheduleMapping : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> map)
    {
        map.ToTable("report_schedules");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.Name).HasMaxLength(ReportSchedule.LongestName);
        map.Property(s => s.Filter).HasMaxLength(Columns.Kept);
        map.Property(s => s.Zone).HasMaxLength(Columns.Code);
        map.Property(s => s.Fault).HasMaxLength(Columns.Sentence);
        map.Property(s => s.Version).IsConcurrencyToken();
        map.Property(s => s.Forms).HasMaxLength(Columns.Code).HasConversion(
            forms => string.Join(',', forms),
            text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ReportForm>).ToList(),
            new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<List<ReportForm>>((a, b) => a!.SequenceEqual(b!), forms => forms.Count, forms => forms.ToList()));
        map.HasIndex(s => s.NextAt);
    }
}
