using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>Sets what charts remind of: a new one, or another word about one that is there.</summary>
/// <param name="Id">Of the one to change; nothing: a new one.</param>
/// <param name="Body">What it says.</param>
/// <param name="Actor">Who asks. What concerns all units is for who sees all units.</param>
public sealed record SetAnnotation(Guid? Id, AnnotationBody Body, Actor Actor) : IRequest<Outcome<AnnotationLine>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Kind">What sort.</param>
/// <param name="Text">1 to <see cref="Annotation.LongestText"/> letters.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ended; nothing: it was a moment, or lasts.</param>
/// <param name="Unit">The unit that it concerns; nothing: all.</param>
public sealed record AnnotationBody(AnnotationKind Kind, string? Text, DateTimeOffset From, DateTimeOffset? Until = null, string? Unit = null);

/// <summary>Takes one off the charts.</summary>
/// <param name="Id">Which.</param>
/// <param name="Actor">Who asks.</param>
public sealed record RemoveAnnotation(Guid Id, Actor Actor) : IRequest<Outcome<Guid>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class SetAnnotationHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<SetAnnotation, Outcome<AnnotationLine>>
{
    public async Task<Outcome<AnnotationLine>> Handle(SetAnnotation request, CancellationToken cancellationToken)
    {
        var (body, now) = (request.Body, clock.GetUtcNow());
        var unit = string.IsNullOrWhiteSpace(body.Unit) ? null : body.Unit.Trim();
        if (Wrong(body, now) is { } refusal)
        {
            return refusal;
        }

        if (!Annotations.May(request.Actor, unit))
        {
            return unit is null ? Refusal.Forbidden("What concerns all units is set by somebody who sees all units. Name one of yours.") : Refusal.NotFound($"The unit {unit}");
        }

        var row = request.Id is { } id ? await db.Annotations.SingleOrDefaultAsync(a => a.Id == id, cancellationToken) : null;
        if (request.Id is not null && (row is null || !Annotations.May(request.Actor, row.Unit)))
        {
            return Refusal.NotFound("The annotation");
        }

        if (row is null)
        {
            row = new Annotation { Id = Guid.CreateVersion7(now), Kind = body.Kind, Text = "", From = body.From, SetBy = request.Actor.Name, SetAt = now };
            db.Annotations.Add(row);
        }

        (row.Kind, row.Text, row.From, row.Until, row.Unit) = (body.Kind, body.Text!.Trim(), body.From.ToUniversalTime(), body.Until?.ToUniversalTime(), unit);
        (row.SetBy, row.SetAt) = (request.Actor.Name, now);
        db.Note(request.Actor, "annotation.set", row, now);
        var saved = await db.CommitWith(new AnnotationLine(row.Id, row.Kind, row.Text, row.From, row.Until, row.Unit, row.SetBy), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }

    private static Refusal? Wrong(AnnotationBody body, DateTimeOffset now) =>
        body.Text?.Trim() is not { Length: > 0 and <= Annotation.LongestText } ? Refusal.Invalid("text", $"must have 1 to {Annotation.LongestText} letters")
        : !Enum.IsDefined(body.Kind) ? Refusal.Invalid("kind", "must be release, outage or other")
        : body.From < now.AddYears(-10) || body.From > now.AddYears(1) ? Refusal.Invalid("from", "must be within the last ten years or the next")
        : body.Until < body.From ? Refusal.Invalid("until", "must not be before it began")
        : null;
}

internal sealed class RemoveAnnotationHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<RemoveAnnotation, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RemoveAnnotation request, CancellationToken cancellationToken)
    {
        var row = await db.Annotations.SingleOrDefaultAsync(a => a.Id == request.Id, cancellationToken);
        if (row is null || !Annotations.May(request.Actor, row.Unit))
        {
            return Refusal.NotFound("The annotation");
        }

        db.Annotations.Remove(row);
        db.Note(request.Actor, "annotation.remove", row, clock.GetUtcNow());
        var saved = await db.CommitWith(row.Id, cancellationToken);
        bells.Changes.Ring();
        return saved;
    }
}

/// <summary>What setting and removing have in common.</summary>
internal static class Annotations
{
    /// <summary>Whether it is theirs to set.</summary>
    public static bool May(Actor actor, string? unit) => unit is null ? actor.Scope.Everything : actor.Scope.Covers(unit);

    /// <summary>Audit and news of it, for the same transaction.</summary>
    public static void Note(this OpsDb db, Actor actor, string action, Annotation about, DateTimeOffset now)
    {
        var detail = FormattableString.Invariant($"{about.Kind} {about.From:yyyy-MM-dd HH:mm}{(about.Until is { } until ? FormattableString.Invariant($" to {until:yyyy-MM-dd HH:mm}") : "")} UTC: {about.Text}");
        db.Audit.Add(AuditEntry.Of(actor, action, $"annotation {about.Id}", detail, now, about.Unit));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, Unit = about.Unit, At = now });
    }
}
