namespace OpsConsole.Audit;

/// <summary>One sealed entry as a check meets it, from the database or from an export.</summary>
public sealed record ChainLink(long Number, byte[] EntryHash, byte[] Chain, DateTimeOffset SealedAt)
{
    /// <summary>The entry, when it is there and may be told.</summary>
    public AuditEntry? Entry { get; init; }

    /// <summary>The export leaves the entry out and tells its hash only: it belongs to a unit, or a case, that the reader did not ask for.</summary>
    public bool Withheld { get; init; }
}

/// <summary>An anchor as it is kept outside.</summary>
/// <param name="KeyId">SHA-256 of the public key, in hexadecimal.</param>
public sealed record AnchorLine(long Number, byte[] Chain, DateTimeOffset At, string KeyId, byte[] Signature)
{
    /// <summary>Where it was read: <c>the database</c>, <c>anchors.ndjson</c>.</summary>
    public string From { get; init; } = "";
}

/// <summary>What is wrong, in the order in which a check meets it.</summary>
public enum ChainFaultKind
{
    /// <summary>The entry says something else than when it was sealed.</summary>
    Changed,

    /// <summary>A seal without its entry.</summary>
    Missing,

    /// <summary>Seals are gone: their numbers are left out.</summary>
    Removed,

    /// <summary>The seal does not follow from the one before it.</summary>
    OutOfOrder,

    /// <summary>It claims a time at which later entries had long been sealed.</summary>
    Inserted,

    /// <summary>Older than a minute and without a seal.</summary>
    Unsealed,

    /// <summary>The chain is not the one that was anchored: everything since the anchor before may have been rewritten.</summary>
    Rewritten,

    /// <summary>An anchor speaks of more than there is.</summary>
    TailCut,

    /// <summary>An anchor's signature is wrong, or of a key that is not known.</summary>
    Forged,

    /// <summary>The file itself is not whole.</summary>
    Unreadable,
}

/// <param name="Number">In the chain, where the entry has a place.</param>
/// <param name="EntryId">The entry, where it is known.</param>
/// <param name="Says">What is wrong, as a sentence.</param>
public sealed record ChainFault(ChainFaultKind Kind, long? Number, Guid? EntryId, string Says);

/// <param name="Sealed">How many places of the chain were looked at.</param>
/// <param name="Withheld">Of how many of them only the hash was told.</param>
/// <param name="AsFound">How many were written before there was a chain.</param>
/// <param name="Unsealed">How many entries wait for their place.</param>
/// <param name="Head">The last number.</param>
/// <param name="Chain">The chain there, in hexadecimal.</param>
/// <param name="Anchors">How many anchors were compared.</param>
/// <param name="AnchoredTo">The greatest number that an anchor vouches for.</param>
/// <param name="FaultCount">All that was found; <paramref name="Faults"/> has the first of them.</param>
public sealed record ChainVerdict(
    long Sealed, long Withheld, long AsFound, long Unsealed, long Head, string Chain, int Anchors, long AnchoredTo, int FaultCount, IReadOnlyList<ChainFault> Faults)
{
    public bool Holds => FaultCount == 0;

    public TimeSpan Took { get; init; }
}
