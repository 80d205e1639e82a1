using System.Text;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Bulk;

/// <summary>What taking a kind in again would do to the first few of it. Nothing is stored.</summary>
public sealed record PreviewMend(RefusedKind Kind, string? Patch, Actor Actor) : IRequest<Outcome<MendPreview>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

/// <param name="Items">The first few.</param>
/// <param name="Total">How many of the kind are open.</param>
public sealed record MendPreview(IReadOnlyList<MendedSample> Items, int Total);

/// <summary>One of a kind, before and after.</summary>
/// <param name="Id">The row in quarantine.</param>
/// <param name="EventId">As far as it could be read.</param>
/// <param name="Before">Its bytes as text.</param>
/// <param name="After">The same mended; nothing when it is not changed or cannot be.</param>
/// <param name="Reason">Why it would stay, as a stable word; nothing: it would be taken in.</param>
/// <param name="Message">The field and what would be right.</param>
public sealed record MendedSample(Guid Id, string? EventId, string Before, string? After, string? Reason, string? Message);

internal sealed class PreviewMendHandler(OpsDb db, RefusedReader reader) : IRequestHandler<PreviewMend, Outcome<MendPreview>>
{
    private const int Shown = 3;

    public async Task<Outcome<MendPreview>> Handle(PreviewMend request, CancellationToken cancellationToken)
    {
        if (await db.SourceOf(request.Kind, request.Actor, cancellationToken) is not { } source)
        {
            return Refusal.NotFound("The source");
        }

        var patch = request.Patch is { } text ? MergePatch.Read(text) : null;
        if (patch?.Refusal is { } wrong)
        {
            return wrong;
        }

        var open = db.OpenOf(source.Id, request.Kind);
        var rows = await open.AsNoTracking().OrderBy(q => q.Id).Take(Shown).ToListAsync(cancellationToken);
        var sender = Sender.Of(source);
        return new MendPreview([.. rows.Select(row => Sample(row, patch?.Value, sender))], await open.CountAsync(cancellationToken));
    }

    private MendedSample Sample(Quarantined row, MergePatch? patch, Sender sender)
    {
        var read = reader.Read(row, patch, sender);
        return new MendedSample(
            row.Id, row.EventId, Encoding.UTF8.GetString(row.Bytes), patch?.Apply(row.Bytes) is { } mended ? Encoding.UTF8.GetString(mended) : null,
            read.Refusal?.Code, read.Refusal?.Message);
    }
}
