using System.Globalization;

namespace OpsConsole.Audit;

/// <summary>
/// Goes along the chain once, from anywhere it is told (database, export, evidence pack), and names the first bad entry and what is wrong with it. It holds no more than
/// the anchors and the faults.
/// </summary>
public sealed class ChainCheck
{
    private const int MostTold = 50;

    /// <summary>How long after its own time an entry may be committed and sealed while others are; also how far the clocks of nodes may differ.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>After so long a committed entry has its seal.</summary>
    public static readonly TimeSpan SealWithin = TimeSpan.FromMinutes(1);

    private readonly ILookup<long, AnchorLine> _anchors;
    private readonly long _anchoredTo;
    private readonly List<ChainFault> _faults = [];
    private byte[]? _before;
    private long _number;
    private DateTimeOffset _sealedAt;
    private bool _onlyFound;
    private long _sealed;
    private long _withheld;
    private long _asFound;
    private long _unsealed;
    private long _vouched;
    private int _compared;
    private int _faultCount;

    /// <param name="before">The number that the first link follows; 0 for a chain from its beginning.</param>
    /// <param name="chain">The chain there.</param>
    /// <param name="anchors">All that are known.</param>
    /// <param name="keys">The public keys that may have signed them.</param>
    public ChainCheck(long before, byte[] chain, IReadOnlyCollection<AnchorLine> anchors, AnchorKeys keys)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(keys);
        (_number, _before, _onlyFound) = (before, chain, before == 0);
        var (right, forged) = (new List<AnchorLine>(), new List<AnchorLine>());
        foreach (var anchor in anchors.DistinctBy(anchor => (anchor.Number, anchor.At, Convert.ToBase64String(anchor.Signature))))
        {
            (keys.Signed(anchor) ? right : forged).Add(anchor);
        }

        forged.ForEach(anchor => Add(ChainFaultKind.Forged, anchor.Number, null, $"The anchor of {Say(anchor.At)} at number {anchor.Number} ({anchor.From}) is not signed by a known key."));
        _anchors = right.ToLookup(anchor => anchor.Number);
        _anchoredTo = right.Select(anchor => anchor.Number).DefaultIfEmpty().Max();
        if (before > 0)
        {
            Compare(before, chain);
        }
    }

    /// <summary>Of entries outside of it only the number is said.</summary>
    public Scope Sees { get; init; } = Scope.All;

    public void Take(ChainLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        _sealed++;
        var skipped = link.Number != _number + 1;
        if (skipped)
        {
            Add(ChainFaultKind.Removed, _number + 1, null, link.Number > _number + 2
                ? $"Entries {_number + 1} to {link.Number - 1} and their seals are gone."
                : $"Entry {_number + 1} and its seal are gone.");
        }
        else if (_before is not null && !AuditBytes.Link(_before, link.Number, link.EntryHash, link.SealedAt).AsSpan().SequenceEqual(link.Chain))
        {
            Add(ChainFaultKind.OutOfOrder, link.Number, link.Entry?.Id, $"Seal {link.Number} does not follow from seal {link.Number - 1}: a seal was changed, put in, taken out or moved here.");
        }

        Look(link);
        Compare(link.Number, link.Chain);
        (_number, _before, _sealedAt) = (link.Number, link.Chain, link.SealedAt);
    }

    /// <summary>An entry without a place in the chain.</summary>
    public void TakeUnsealed(AuditEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _unsealed++;
        if (entry.Hash is not null && !AuditBytes.HashOf(entry).AsSpan().SequenceEqual(entry.Hash))
        {
            Add(ChainFaultKind.Changed, null, entry.Id, $"An entry not sealed yet, {Name(entry)}, was changed after it was written, before it was sealed.");
        }
        else if (now - entry.At > SealWithin)
        {
            Add(ChainFaultKind.Unsealed, null, entry.Id, $"An entry, {Name(entry)}, has no seal although it is older than a minute: it was put in past the console, its seal was taken away, or the sealer stands still.");
        }
    }

    /// <summary>The file ended where it should not have, or a line could not be read.</summary>
    public void TakeUnreadable(string says) => Add(ChainFaultKind.Unreadable, null, null, says);

    /// <param name="whole">The chain was told to its present end: an anchor beyond it shows that the tail is cut.</param>
    public ChainVerdict End(bool whole)
    {
        if (whole && _anchoredTo > _number)
        {
            var beyond = _anchors.Where(at => at.Key > _number).MinBy(at => at.Key)!.First();
            Add(ChainFaultKind.TailCut, _number + 1, null,
                $"The tail is cut: the anchor of {Say(beyond.At)} ({beyond.From}) vouches for {beyond.Number} entries, and the chain ends at {_number}.");
        }

        return new ChainVerdict(
            _sealed, _withheld, _asFound, _unsealed, _number, Convert.ToHexStringLower(_before ?? AuditBytes.Nothing), _compared, _vouched, _faultCount, _faults);
    }

    private void Look(ChainLink link)
    {
        if (link.Withheld)
        {
            _withheld++;
            return;
        }

        if (link.Entry is not { } entry)
        {
            Add(ChainFaultKind.Missing, link.Number, null, $"Entry {link.Number} is gone: its seal of {Say(link.SealedAt)} is still there.");
            return;
        }

        var found = entry.Hash is null;
        _asFound += found ? 1 : 0;
        if (!AuditBytes.HashOf(entry).AsSpan().SequenceEqual(link.EntryHash))
        {
            Add(ChainFaultKind.Changed, link.Number, entry.Id, $"Entry {link.Number}, {Name(entry)}, does not say what it said when it was sealed at {Say(link.SealedAt)}.");
        }
        else if (_sealed > 1 && entry.At < _sealedAt - Patience && !(found && _onlyFound))
        {
            Add(ChainFaultKind.Inserted, link.Number, entry.Id, $"Entry {link.Number}, {Name(entry)}, was put in afterwards: it was sealed at {Say(link.SealedAt)}, when later ones had long been.");
        }

        _onlyFound &= found;
    }

    private void Compare(long number, byte[] chain)
    {
        foreach (var anchor in _anchors[number])
        {
            _compared++;
            if (anchor.Chain.AsSpan().SequenceEqual(chain))
            {
                _vouched = number;
            }
            else
            {
                Add(ChainFaultKind.Rewritten, _vouched + 1, null,
                    $"The chain at entry {number} is not the one that was anchored at {Say(anchor.At)} ({anchor.From}): something from entry {_vouched + 1} on was changed and every hash computed anew.");
            }
        }
    }

    private void Add(ChainFaultKind kind, long? number, Guid? entry, string says)
    {
        _faultCount++;
        if (_faults.Count < MostTold)
        {
            _faults.Add(new ChainFault(kind, number, entry, says));
        }
    }

    private string Name(AuditEntry entry) => entry.Unit is { } unit && !Sees.Covers(unit, entity: null) ? "of another unit" : $"\"{entry.Action} {entry.Subject}\" by {entry.ActorName} at {Say(entry.At)}";

    private static string Say(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
