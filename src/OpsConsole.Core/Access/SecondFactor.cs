using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>The authenticator app of one person, and the codes for the day on which it is lost.</summary>
public sealed class SecondFactor
{
    /// <summary>Under which name the host registers what encrypts secrets of second factors.</summary>
    public const string Box = "second-factor";

    private const int Codes = 10;

    public required Guid PersonId { get; init; }

    /// <summary>As the box keeps it.</summary>
    public required string Secret { get; set; }

    /// <summary>Nothing: shown, but no code has proven yet that the app has it.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The step of the last code that was taken; an older one is never taken again.</summary>
    public long LastStep { get; private set; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public List<string> Recovery { get; private set; } = [];

    /// <summary>Of two who bring the same code at once, one is stale.</summary>
    public int Version { get; private set; }

    public bool Holds => ConfirmedAt is not null;

    /// <summary>Takes a code of the app or, once it is confirmed, a recovery code. True: it was right, and is used up.</summary>
    public bool Take(string secret, string code, DateTimeOffset now)
    {
        code = string.Concat((code ?? "").Where(char.IsLetterOrDigit)).ToLowerInvariant();
        if (Totp.Match(secret, code, LastStep, now) is { } step)
        {
            LastStep = step;
        }
        else if (!Recovery.Remove(Hash(code)))
        {
            return false;
        }

        Version++;
        return true;
    }

    /// <summary>The app has it: from now on it is asked for. The recovery codes are answered once and kept as hashes.</summary>
    public IReadOnlyList<string> Confirm(DateTimeOffset now)
    {
        ConfirmedAt = now;
        // 118 bits each, so that a plain hash protects them (ASVS 5.0 6.5.2).
        var codes = Enumerable.Range(0, Codes).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24)).ToList();
        Recovery = [.. codes.Select(Hash)];
        Version++;
        return [.. codes.Select(code => string.Join('-', code.Chunk(6).Select(six => new string(six))))];
    }

    private string Hash(string code) => Convert.ToHexStringLower(Ids.Hash([PersonId.ToString(), code]));
}

internal sealed class SecondFactorMapping : IEntityTypeConfiguration<SecondFactor>
{
    public void Configure(EntityTypeBuilder<SecondFactor> map)
    {
        map.ToTable("second_factors");
        map.HasKey(f => f.PersonId);
        map.Property(f => f.PersonId).ValueGeneratedNever();
        map.Property(f => f.Secret).HasMaxLength(Columns.Kept);
        map.Property(f => f.Version).IsConcurrencyToken();
        map.Ignore(f => f.Holds);
    }
}
