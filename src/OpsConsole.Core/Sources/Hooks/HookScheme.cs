using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Sources.Hooks;

/// <summary>
/// One way in which vendors sign their web-hooks: an HMAC-SHA256 (RFC 2104) over the raw body and what they put before it. To add one: write a
/// sealed class beside this, and a line in <see cref="HookSchemes"/>; forms, pages and the explanation of a wrong signature find it there.
/// </summary>
public abstract class HookScheme
{
    /// <summary>Stable: <c>stripe</c>.</summary>
    public abstract string Code { get; }

    /// <summary>As people read it.</summary>
    public abstract string Label { get; }

    /// <summary>The headers without which there is no signature.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>What a secret looks like: "whsec_ and base64 of 24 to 64 bytes".</summary>
    public abstract string SecretForm { get; }

    /// <summary>True for what the vendor could have made.</summary>
    public virtual bool IsSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length is >= 16 and <= 256 && !secret.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter));
    }

    /// <summary>One of 256 random bits, for vendors that take a secret of ours.</summary>
    public virtual string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the headers say, before a byte of the body is read; nothing when they are not all there or not readable.</summary>
    public abstract HookHead? Read(Func<string, string?> header);

    /// <summary>What only the body says: some vendors sign within it.</summary>
    public virtual HookHead Complete(HookHead head, ReadOnlyMemory<byte> body) => head;

    /// <summary>True when one of the signatures is right under one of the secrets. Each is compared in constant time.</summary>
    public bool IsRight(IReadOnlyList<string> secrets, HookHead head, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(head);
        var right = false;
        foreach (var secret in secrets.Where(IsSecret))
        {
            var expected = Encoding.UTF8.GetBytes(Expected(secret, head, body));
            foreach (var told in head.Signatures)
            {
                right |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(told));
            }
        }

        return right;
    }

    /// <summary>The signature that would be right under the secret, written as the vendor writes it.</summary>
    public string Expected(string secret, HookHead head, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(head);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(head.Before));
        mac.AppendData(head.Instead ?? body);
        return Say(mac.GetHashAndReset());
    }

    /// <summary>The bytes that the secret stands for.</summary>
    protected virtual byte[] Key(string secret) => Encoding.UTF8.GetBytes(secret);

    /// <summary>How the vendor writes a signature.</summary>
    protected abstract string Say(byte[] mac);

    private protected static DateTimeOffset? Moment(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since1970) && since1970 < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(since1970) : null;
}

/// <summary>What a web-hook says of itself.</summary>
/// <param name="Signatures">As the vendor wrote them; one is enough.</param>
public sealed record HookHead(IReadOnlyList<string> Signatures)
{
    /// <summary>The same at every attempt; nothing: the body says it (<see cref="IdField"/>), or is known by its hash.</summary>
    public string? Id { get; init; }

    /// <summary>Which field of the body is the id, where no header is.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>The vendor's event type; nothing: the body says it.</summary>
    public string? Type { get; init; }

    /// <summary>When this attempt was signed (UTC); nothing where the vendor does not sign a time: then only its id keeps an old one from counting twice.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What is signed before the body.</summary>
    public string Before { get; init; } = "";

    /// <summary>What is signed in place of the body, where it is a part of it.</summary>
    public byte[]? Instead { get; init; }
}

/// <summary>The known schemes.</summary>
public static class HookSchemes
{
    /// <summary>In the order of forms; the first is what a source has unless it says otherwise.</summary>
    public static readonly IReadOnlyList<HookScheme> All = [new StandardWebhooks(), new StripeHooks(), new AdyenHooks(), new SlackHooks(), new GitHubHooks()];

    /// <summary>The one with this code; nothing when there is none.</summary>
    public static HookScheme? Find(string? code) => All.FirstOrDefault(scheme => scheme.Code == (code ?? All[0].Code));
}
