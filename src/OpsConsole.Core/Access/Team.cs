using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>People who work the same queues. It decides what they see first, not what they may see: that is their scope.</summary>
public sealed class Team
{
    /// <summary>Stable: <c>receivables</c>.</summary>
    public required string Code { get; init; }

    public required string Label { get; set; }

    /// <summary>The codes of their queues.</summary>
    public List<string> Queues { get; set; } = [];

    /// <summary>The ids of its people.</summary>
    public List<string> Members { get; set; } = [];

    public DateTimeOffset UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";
}

internal sealed class TeamMapping : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> map)
    {
        map.ToTable("teams");
        map.HasKey(t => t.Code);
        map.Property(t => t.Code).HasMaxLength(Columns.Code);
        map.Property(t => t.Label).HasMaxLength(Columns.Identity);
        map.Property(t => t.UpdatedAt).IsConcurrencyToken();
        map.Property(t => t.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}

/// <summary>What somebody's teams have together.</summary>
/// <param name="Queues">Codes of queues.</param>
/// <param name="People">Ids of people, the one who asks included.</param>
public sealed record MyTeams(IReadOnlyList<string> Queues, IReadOnlyList<string> People)
{
    public static readonly MyTeams None = new([], []);
}

public static class Teams
{
    /// <summary>The teams of this person taken together; <see cref="MyTeams.None"/> when they are in none. There are dozens of teams, so all are read.</summary>
    public static async Task<MyTeams> Of(OpsDb db, string personId, CancellationToken cancellationToken) => Of(await All(db, cancellationToken), personId);

    /// <inheritdoc cref="Of(OpsDb, string, CancellationToken)"/>
    public static MyTeams Of(IReadOnlyList<Team> all, string personId)
    {
        var mine = all.Where(team => team.Members.Contains(personId)).ToList();
        return mine.Count == 0 ? MyTeams.None
            : new MyTeams([.. mine.SelectMany(team => team.Queues).Distinct(StringComparer.Ordinal)], [.. mine.SelectMany(team => team.Members).Distinct(StringComparer.Ordinal)]);
    }

    internal static async Task<IReadOnlyList<Team>> All(OpsDb db, CancellationToken cancellationToken) => await db.Teams.AsNoTracking().ToListAsync(cancellationToken);
}
