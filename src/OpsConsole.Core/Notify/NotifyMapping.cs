using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    /// <summary>The dialects keep this index to what waits.</summary>
    public const string Waiting = "IX_notices_waiting";

    public void Configure(EntityTypeBuilder<Notice> map)
    {
        map.ToTable("notices");
        map.HasKey(n => n.Id);
        map.Property(n => n.Id).ValueGeneratedNever();
        map.Property(n => n.Recipient).HasMaxLength(Columns.Identity);
        map.Property(n => n.Unit).HasMaxLength(Columns.Identity);
        map.Property(n => n.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(n => n.Kind).HasMaxLength(Columns.Code);
        map.Property(n => n.Cause).HasMaxLength(Columns.Identity);
        map.Property(n => n.Text).HasMaxLength(Columns.Sentence);
        map.Property(n => n.Several).HasMaxLength(Columns.Sentence);
        map.Property(n => n.Link).HasMaxLength(Columns.Sentence);
        map.Property(n => n.SeveralLink).HasMaxLength(Columns.Sentence);
        map.Property(n => n.Amount).HasPrecision(19, 4);
        map.HasIndex(n => n.At, Waiting);
        map.HasIndex(n => new { n.Recipient, n.At });       // an item's rows; what is old
    }
}

internal sealed class NoticeItemMapping : IEntityTypeConfiguration<NoticeItem>
{
    /// <summary>The dialects keep this index to what a letter is due about.</summary>
    public const string ToSend = "IX_notice_items_to_send";

    public void Configure(EntityTypeBuilder<NoticeItem> map)
    {
        map.ToTable("notice_items");
        map.HasKey(n => n.Id);
        map.Property(n => n.Id).ValueGeneratedNever();
        map.Property(n => n.Recipient).HasMaxLength(Columns.Identity);
        map.Property(n => n.Unit).HasMaxLength(Columns.Identity);
        map.Property(n => n.LegalEntity).HasMaxLength(Columns.Identity);
        map.Property(n => n.Kind).HasMaxLength(Columns.Code);
        map.Property(n => n.Cause).HasMaxLength(Columns.Identity);
        map.Property(n => n.Text).HasMaxLength(Columns.Sentence);
        map.Property(n => n.Link).HasMaxLength(Columns.Sentence);
        map.Property(n => n.Sum).HasPrecision(19, 4);
        map.HasIndex(n => new { n.Recipient, n.LatestAt });
        map.HasIndex(n => n.SendAt, ToSend);
    }
}

internal sealed class NoticeLetterMapping : IEntityTypeConfiguration<NoticeLetter>
{
    /// <summary>The dialects keep this index to what has not been sent.</summary>
    public const string Unsent = "IX_notice_letters_unsent";

    public void Configure(EntityTypeBuilder<NoticeLetter> map)
    {
        map.ToTable("notice_letters");
        map.HasKey(l => l.Id);
        map.Property(l => l.Id).ValueGeneratedNever();
        map.Property(l => l.Recipient).HasMaxLength(Columns.Identity);
        map.Property(l => l.Address).HasMaxLength(Columns.Identity);
        map.Property(l => l.Subject).HasMaxLength(Columns.Sentence);
        map.Property(l => l.Fault).HasMaxLength(Columns.Sentence);
        map.HasIndex(l => l.DueAt, Unsent);
        map.HasIndex(l => l.MadeAt);
        map.HasMany(l => l.Files).WithOne().HasForeignKey(file => file.LetterId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LetterFileMapping : IEntityTypeConfiguration<LetterFile>
{
    public void Configure(EntityTypeBuilder<LetterFile> map)
    {
        map.ToTable("letter_files");
        map.HasKey(file => new { file.LetterId, file.Name });
        map.Property(file => file.Name).HasMaxLength(Columns.Identity);
        map.Property(file => file.ContentType).HasMaxLength(Columns.Identity);
    }
}

internal sealed class NoticeWishMapping : IEntityTypeConfiguration<NoticeWish>
{
    public void Configure(EntityTypeBuilder<NoticeWish> map)
    {
        map.ToTable("notice_wishes");
        map.HasKey(w => w.PersonId);
        map.Property(w => w.PersonId).ValueGeneratedNever();
        map.Property(w => w.Zone).HasMaxLength(Columns.Code);
        map.Property(w => w.Muted).HasMaxLength(Columns.Sentence);
    }
}

internal sealed class ChatHookMapping : IEntityTypeConfiguration<ChatHook>
{
    public void Configure(EntityTypeBuilder<ChatHook> map)
    {
        map.ToTable("chat_hooks");
        map.HasKey(h => h.Name);
        map.Property(h => h.Name).HasMaxLength(Columns.Code);
        map.Property(h => h.Label).HasMaxLength(Columns.Identity);
        map.Property(h => h.ProtectedUrl).HasMaxLength(Columns.Kept * 4);
        map.Property(h => h.Host).HasMaxLength(Columns.Identity);
        map.Property(h => h.UpdatedBy).HasMaxLength(Columns.Identity);
    }
}
