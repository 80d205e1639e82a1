using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// What somebody decided about causes: that one is another (a merge), or that a part of one is a cause of its own (a split). It is kept apart
/// from the facts, so that every exception, also one that comes tomorrow or out of a rebuild, is placed by it; taken back, it counts no more.
/// </summary>
public sealed class CauseMove
{
    public required Guid Id { get; init; }

    /// <summary>The fingerprint that it takes exceptions from.</summary>
    public required string From { get; init; }

    /// <summary>The cause that they were taken from, in words, as it read then.</summary>
    public required string FromCause { get; init; }

    /// <summary>The fingerprint that it gives them.</summary>
    public required string To { get; init; }

    /// <summary>The cause that they have from then on, in words.</summary>
    public required string ToCause { get; init; }

    /// <summary>A split: by which field. Nothing: all of them.</summary>
    public CausePart? Part { get; init; }

    /// <summary>A split: the value that the field has in those that leave.</summary>
    public string? Value { get; init; }

    public required string Reason { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Taken back at this moment; nothing: it counts.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    public string? UndoneByName { get; set; }

    public bool IsSplit => Part is not null;

    /// <summary>True when it takes this exception, which stands under <see cref="From"/>.</summary>
    internal bool Takes(ExceptionCase @case) => Part is null || Value == Part switch
    {
        CausePart.Unit => @case.Unit,
        CausePart.LegalEntity => @case.LegalEntity,
        CausePart.Region => @case.Region,
        CausePart.System => @case.System,
        CausePart.Operation => @case.Operation,
        CausePart.ErrorCode => @case.ErrorCode,
        CausePart.ErrorAttribute => @case.ErrorAttribute,
        _ => @case.ObjectId,
    };

    /// <summary>The same for the database.</summary>
    internal IQueryable<ExceptionCase> Taken(IQueryable<ExceptionCase> cases)
    {
        var (from, value) = (From, Value);
        var here = cases.Where(c => c.Fingerprint == from);
        return Part switch
        {
            null => here,
            CausePart.Unit => here.Where(c => c.Unit == value),
            CausePart.LegalEntity => here.Where(c => c.LegalEntity == value),
            CausePart.Region => here.Where(c => c.Region == value),
            CausePart.System => here.Where(c => c.System == value),
            CausePart.Operation => here.Where(c => c.Operation == value),
            CausePart.ErrorCode => here.Where(c => c.ErrorCode == value),
            CausePart.ErrorAttribute => here.Where(c => c.ErrorAttribute == value),
            _ => here.Where(c => c.ObjectId == value),
        };
    }
}

/// <summary>By what a cause can be split: what every exception says of itself, so that those to come are placed alike.</summary>
public enum CausePart : short
{
    Unit,
    LegalEntity,
    Region,
    System,
    Operation,
    ErrorCode,
    ErrorAttribute,
    ObjectId,
}

internal sealed class CauseMoveMapping : IEntityTypeConfiguration<CauseMove>
{
    public void Configure(EntityTypeBuilder<CauseMove> map)
    {
        map.ToTable("cause_moves");
        map.HasKey(m => m.Id);
        map.Property(m => m.Id).ValueGeneratedNever();
        map.Property(m => m.From).HasMaxLength(Columns.Code);
        map.Property(m => m.FromCause).HasMaxLength(Columns.Sentence);
        map.Property(m => m.To).HasMaxLength(Columns.Code);
        map.Property(m => m.ToCause).HasMaxLength(Columns.Sentence);
        map.Property(m => m.Value).HasMaxLength(Columns.Identity);
        map.Property(m => m.Reason).HasMaxLength(Columns.Sentence);
        map.Property(m => m.ById).HasMaxLength(Columns.Identity);
        map.Property(m => m.ByName).HasMaxLength(Columns.Identity);
        map.Property(m => m.UndoneByName).HasMaxLength(Columns.Identity);
        map.Property(m => m.UndoneAt).IsConcurrencyToken();
        map.Ignore(m => m.IsSplit);
        map.HasIndex(m => m.From);
    }
}
