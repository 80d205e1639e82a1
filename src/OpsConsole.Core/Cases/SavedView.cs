using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>A list that somebody keeps under a name: filters, search, order and columns. What it shows is still what its reader may see.</summary>
public sealed class SavedView
{
    /// <summary>The <see cref="Page"/> of worklists.</summary>
    public const string Exceptions = "exceptions";

    /// <summary>The <see cref="Page"/> of the search over all facts.</summary>
    public const string Search = "search";

    public required Guid Id { get; init; }

    /// <summary>Which page shows it: <see cref="Exceptions"/> or <see cref="Search"/>.</summary>
    public required string Page { get; init; }

    public required string Name { get; set; }

    /// <summary>The query of the page's address, without the question mark.</summary>
    public required string Address { get; set; }

    public required string OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>Others see it too.</summary>
    public bool Shared { get; set; }

    /// <summary>The unit that it is narrowed to: shared, it is offered only to those who see that unit.</summary>
    public string? Unit { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> map)
    {
        map.ToTable("saved_views");
        map.HasKey(v => v.Id);
        map.Property(v => v.Id).ValueGeneratedNever();
        map.Property(v => v.Page).HasMaxLength(Columns.Code).HasDefaultValue(SavedView.Exceptions);
        map.Property(v => v.Name).HasMaxLength(Columns.Code);
        map.Property(v => v.Address).HasMaxLength(SaveView.LongestAddress);
        map.Property(v => v.OwnerId).HasMaxLength(Columns.Identity);
        map.Property(v => v.OwnerName).HasMaxLength(Columns.Identity);
        map.Property(v => v.Unit).HasMaxLength(Columns.Identity);
        map.Property(v => v.UpdatedAt).IsConcurrencyToken();
        map.HasIndex(v => new { v.OwnerId, v.Page, v.Name }).IsUnique();
    }
}
