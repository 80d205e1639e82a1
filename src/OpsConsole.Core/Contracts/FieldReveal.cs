using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>Hidden fields of one thing shown to one person for a while, for a reason that the audit keeps. Secret fields never are.</summary>
public sealed class FieldReveal
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    public required Guid Id { get; init; }

    public required string PersonId { get; init; }

    /// <summary>What of: <see cref="OfCase"/>, <see cref="OfObject"/>, <see cref="OfTrace"/>.</summary>
    public required string Subject { get; init; }

    public required FieldClasses Classes { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Until { get; init; }

    public static string OfCase(Guid id) => $"exception {id}";

    public static string OfObject(Guid key) => $"object {key}";

    public static string OfTrace(byte[] id) => $"trace {Convert.ToHexStringLower(id)}";
}

internal sealed class FieldRevealMapping : IEntityTypeConfiguration<FieldReveal>
{
    public void Configure(EntityTypeBuilder<FieldReveal> map)
    {
        map.ToTable("field_reveals");
        map.HasKey(r => r.Id);
        map.Property(r => r.Id).ValueGeneratedNever();
        map.Property(r => r.PersonId).HasMaxLength(Columns.Identity);
        map.Property(r => r.Subject).HasMaxLength(Columns.Code);
        map.Property(r => r.Reason).HasMaxLength(Columns.Sentence);
        map.HasIndex(r => new { r.PersonId, r.Subject, r.Until });
    }
}

internal static class Reveals
{
    /// <summary>What dots stand for in one thing: what the reader may not see, but for what is revealed to them now.</summary>
    public static async Task<FieldClasses> Hidden(this OpsDb db, Actor actor, string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hidden = actor.Hidden();
        if (!actor.Can(Right.RevealFields) || hidden is FieldClasses.Secret)
        {
            return hidden;
        }

        var shown = await db.FieldReveals.Where(r => r.PersonId == actor.Id && r.Subject == subject && r.Until > now).Select(r => r.Classes).ToListAsync(cancellationToken);
        return hidden & ~shown.Aggregate(FieldClasses.None, (sum, one) => sum | one);
    }
}
