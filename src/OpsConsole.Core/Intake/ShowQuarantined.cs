using System.Text;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>One refused fact with its bytes.</summary>
public sealed record ShowQuarantined(Guid Id, Actor Actor) : IRequest<Outcome<QuarantinedFact>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>A refused fact as it was received.</summary>
/// <param name="Row">Who, when, why.</param>
/// <param name="Text">Its bytes as UTF-8, with U+FFFD where they are none.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="IsText">The bytes are text, so that it can be mended in an editor.</param>
public sealed record QuarantinedFact(QuarantineRow Row, string Text, byte[] Bytes, bool IsText);

internal sealed class ShowQuarantinedHandler(OpsDb db) : IRequestHandler<ShowQuarantined, Outcome<QuarantinedFact>>
{
    public async Task<Outcome<QuarantinedFact>> Handle(ShowQuarantined request, CancellationToken cancellationToken)
    {
        var row = await db.Quarantine.AsNoTracking().SingleOrDefaultAsync(q => q.Id == request.Id, cancellationToken);
        var source = row is null ? null : await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == row.SenderId, cancellationToken);
        if (row is null || source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The quarantined fact");
        }

        return new QuarantinedFact(
            new QuarantineRow(
                row.Id, row.Kind, source.Name, row.Reason, row.Message, row.EventSource, row.EventId, row.ContentType, row.Bytes.Length, row.Seen, row.State,
                row.ReceivedAt, row.SettledAt, row.SettledBy),
            Encoding.UTF8.GetString(row.Bytes), row.Bytes, row.ContentType.EndsWith("json", StringComparison.Ordinal));
    }
}
