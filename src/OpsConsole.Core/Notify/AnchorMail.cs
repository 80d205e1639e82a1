using Microsoft.Extensions.Options;
using OpsConsole.Audit;
using OpsConsole.Notify.Channels;

namespace OpsConsole.Notify;

/// <summary>Mails each anchor to <c>Audit:AnchorMail</c>: a mailbox that the database's owner cannot reach into is as good a place as any.</summary>
internal sealed class AnchorMail(IOptions<AuditOptions> options, IEnumerable<ILetterChannel> channels, TimeProvider clock) : IAnchorWay
{
    public string Name => "mail";

    public bool IsSet => options.Value.AnchorMail.Length > 0;

    public Task<string?> Deliver(AnchorLine anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var now = clock.GetUtcNow();
        var letter = new NoticeLetter
        {
            Id = Ids.Key(["audit-anchor", AnchorText.Write(anchor)]), Recipient = "audit-anchor", Address = options.Value.AnchorMail, MadeAt = now, DueAt = now,
            Subject = FormattableString.Invariant($"OpsConsole: anchor of the audit at number {anchor.Number}"),
            Body = $"{AnchorText.Write(anchor)}\n\nKeep this letter. Collected in a file, the lines above go to: OpsConsole.Web.dll verify-audit EXPORT --anchors FILE\n",
        };
        return channels.First(channel => channel.Serves(letter)).Deliver(letter, cancellationToken);
    }
}
