using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>The console's key for hashes of values that nobody shall read: equal values have equal hashes, and without the key none can be guessed.</summary>
public sealed class FieldKey
{
    public const int TheOnly = 1;

    public required int Id { get; init; }

    /// <summary>Encrypted, by the host's keys.</summary>
    public required string Kept { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The key; the first who needs it makes it.</summary>
    internal static async Task<byte[]> Of(OpsDb db, ISecretBox box, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var made = new FieldKey { Id = TheOnly, Kept = box.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), MadeAt = now };
        if (!await db.FieldKeys.AnyAsync(cancellationToken))
        {
            await db.Dialect.InsertMissing(db, [made], cancellationToken);
        }

        return Convert.FromBase64String(box.Unprotect((await db.FieldKeys.AsNoTracking().SingleAsync(cancellationToken)).Kept));
    }

    /// <summary>The first 128 bits in hexadecimal digits.</summary>
    internal static string Hash(byte[] key, string value) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)).AsSpan(0, 16));
}

internal sealed class FieldKeyMapping : IEntityTypeConfiguration<FieldKey>
{
    public void Configure(EntityTypeBuilder<FieldKey> map)
    {
        map.ToTable("field_keys");
        map.HasKey(k => k.Id);
        map.Property(k => k.Id).ValueGeneratedNever();
        map.Property(k => k.Kept).HasMaxLength(Columns.Kept);
    }
}
