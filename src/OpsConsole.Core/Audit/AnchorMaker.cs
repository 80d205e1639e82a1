using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Signs the head of the chain. The key is the one of <c>Audit:SigningKeyFile</c>; without it one of the console's own, made when it is first needed.</summary>
public sealed class AnchorMaker(IOptions<AuditOptions> options, IEnumerable<IAnchorWay> ways, ISecretBox box)
{
    private static readonly HashAlgorithmName s_hash = HashAlgorithmName.SHA256;

    /// <summary>Adds an anchor of the head with what has to be delivered; the caller saves. Nothing when there is nothing new.</summary>
    public async Task<AuditAnchor?> Make(OpsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (number, chain) = await db.Head(cancellationToken);
        if (number == 0 || await db.AuditAnchors.AnyAsync(a => a.Number >= number, cancellationToken))
        {
            return null;
        }

        using var key = await Key(db, now, cancellationToken);
        var at = AuditBytes.Kept(now);
        var anchor = new AuditAnchor
        {
            Number = number, Chain = chain, At = at, KeyId = AnchorKeys.IdOf(key.ExportSubjectPublicKeyInfo()),
            Signature = key.SignData(AnchorKeys.Signed(number, chain, at), s_hash, DSASignatureFormat.Rfc3279DerSequence),
        };
        db.AuditAnchors.Add(anchor);
        db.AuditDeliveries.AddRange(ways.Where(way => way.IsSet).Select(way => new AuditDelivery { Number = number, Way = way.Name, DueAt = at }));
        return anchor;
    }

    /// <summary>Signs any other bytes, as of a pack's list of files.</summary>
    public async Task<byte[]> Sign(OpsDb db, byte[] bytes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var key = await Key(db, now, cancellationToken);
        return key.SignData(bytes, s_hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private async Task<ECDsa> Key(OpsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string? kept = null;
        if (options.Value.SigningKeyFile is { Length: > 0 } file)
        {
            key.ImportFromPem(await File.ReadAllTextAsync(file, cancellationToken));
        }
        else if (await db.AuditKeys.AsNoTracking().Where(k => k.ProtectedKey != null).OrderByDescending(k => k.CreatedAt).Select(k => k.ProtectedKey).FirstOrDefaultAsync(cancellationToken) is { } own)
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(box.Unprotect(own)), out _);
        }
        else
        {
            kept = box.Protect(Convert.ToBase64String(key.ExportPkcs8PrivateKey()));
        }

        var publicKey = key.ExportSubjectPublicKeyInfo();
        var id = AnchorKeys.IdOf(publicKey);
        if (!await db.AuditKeys.AnyAsync(k => k.Id == id, cancellationToken) && !db.AuditKeys.Local.Any(k => k.Id == id))
        {
            db.AuditKeys.Add(new AuditKey { Id = id, PublicKey = publicKey, ProtectedKey = kept, CreatedAt = now });
        }

        return key;
    }
}
