using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Sources.Hooks;

/// <summary>A web-hook that was not believed, so that its page can say why. Nothing of its body is kept. The latest twenty of a source stay.</summary>
public sealed record HookFailure
{
    public const int Kept = 20;

    public required Guid Id { get; init; }

    public required Guid SourceId { get; init; }

    /// <summary>Of receipt (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="DoorReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, and what to do about it.</summary>
    public required string Hint { get; init; }

    /// <summary>Where it came from.</summary>
    public string Address { get; init; } = "";

    /// <summary>The beginning of the signature that it brought; not more, so that nothing here can be sent again.</summary>
    public string Told { get; init; } = "";

    /// <summary>The beginning of the one that would have been right under the present secret.</summary>
    public string Expected { get; init; } = "";

    /// <summary>Of the body, in bytes; nothing where it was not read.</summary>
    public int? BodyBytes { get; init; }
}

internal sealed class HookFailureMapping : IEntityTypeConfiguration<HookFailure>
{
    public void Configure(EntityTypeBuilder<HookFailure> map)
    {
        map.ToTable("hook_failures");
        map.HasKey(f => f.Id);
        map.Property(f => f.Id).ValueGeneratedNever();
        map.Property(f => f.Reason).HasMaxLength(Columns.Code);
        map.Property(f => f.Hint).HasMaxLength(Columns.Sentence);
        map.Property(f => f.Address).HasMaxLength(Columns.Code);
        map.Property(f => f.Told).HasMaxLength(Columns.Code);
        map.Property(f => f.Expected).HasMaxLength(Columns.Code);
        map.HasIndex(f => new { f.SourceId, f.At });
    }
}
