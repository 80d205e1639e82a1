using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Whether a bulk as a whole needs a second person. This is the one place where that is decided: at the start, and again when it is asked to be approved.</summary>
internal sealed class BulkFourEyes(OpsDb db, IOptions<ApprovalOptions> approval, IOptions<ReportingOptions> reporting)
{
    /// <summary>Why a second person must approve what the bulk would send now; nothing: nobody need.</summary>
    /// <param name="bulk">The bulk; its items are in the database.</param>
    /// <param name="starter">In whose name it would be sent.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string?> Why(Bulk bulk, Actor starter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(starter);
        var pending = db.BulkItems.AsNoTracking().Where(i => i.BulkId == bulk.Id && i.State == BulkItemState.Pending);
        if (bulk.WithLarge && await pending.CountAsync(i => i.Verdict == BulkVerdict.NeedsApproval, cancellationToken) is > 0 and var large)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{large:N0} of its items need four eyes by themselves.");
        }

        // Many small ones are together what one large one is: splitting does not get round the threshold.
        var sum = await pending.Where(i => i.Verdict == BulkVerdict.Ready).SumAsync(i => i.Worth, cancellationToken) ?? 0;
        return sum > approval.Value.Threshold
            ? string.Create(CultureInfo.InvariantCulture, $"Together its items are worth {reporting.Value.Currency} {sum:N2}, above {reporting.Value.Currency} {approval.Value.Threshold:N0}.")
            : null;
    }
}
