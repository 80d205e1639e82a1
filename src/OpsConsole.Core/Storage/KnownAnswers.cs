namespace OpsConsole.Storage;

/// <summary>Asks for the answer that a change got before under its <c>Idempotency-Key</c>, and takes the key when there is none.</summary>
/// <param name="Key"><see cref="Ids.Key"/> of (caller, method and path, key).</param>
/// <param name="Asked">SHA-256 (hex) of what is asked.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TakeAnswer(Guid Key, string Asked, Actor Actor) : IRequest<Outcome<AnswerTaken>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Known">The answer it got; nothing: the key is the caller's now, and it must keep or drop an answer.</param>
public sealed record AnswerTaken(KnownAnswer? Known);

/// <summary>Keeps the answer that was given under a key that was taken; without one the key is free again.</summary>
public sealed record KeepAnswer(Guid Key, Answer? Answer, Actor Actor) : IRequest<Outcome<AnswerTaken>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record Answer(int Status, string? ContentType, string? ETag, string? Body);

internal sealed class TakeAnswerHandler(OpsDb db, TimeProvider clock) : IRequestHandler<TakeAnswer, Outcome<AnswerTaken>>
{
    /// <summary>After so long the one that took the key is taken for dead.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public async Task<Outcome<AnswerTaken>> Handle(TakeAnswer request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await Find(request.Key, cancellationToken);
        if (known is null)
        {
            db.KnownAnswers.Add(new KnownAnswer { Key = request.Key, Asked = request.Asked, At = now });
            if ((await db.CommitWith(true, cancellationToken)).Accepted)
            {
                return new AnswerTaken(null);
            }

            db.ChangeTracker.Clear();
            known = await Find(request.Key, cancellationToken);
        }

        if (known is not null && known.Asked != request.Asked)
        {
            return Refusal.Invalid("Idempotency-Key", "was used for another request before; use a new one");
        }

        if (known is { Status: not null })
        {
            return new AnswerTaken(known);
        }

        var mine = known is not null && known.At < now - s_patience
            && await db.KnownAnswers.Where(a => a.Key == request.Key && a.At == known.At).ExecuteUpdateAsync(set => set.SetProperty(a => a.At, now), cancellationToken) == 1;
        return mine ? new AnswerTaken(null) : Refusal.Conflict("idempotency.busy", "The first request with this Idempotency-Key is still being answered.");
    }

    private Task<KnownAnswer?> Find(Guid key, CancellationToken cancellationToken) =>
        db.KnownAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == key, cancellationToken);
}

internal sealed class KeepAnswerHandler(OpsDb db) : IRequestHandler<KeepAnswer, Outcome<AnswerTaken>>
{
    public async Task<Outcome<AnswerTaken>> Handle(KeepAnswer request, CancellationToken cancellationToken)
    {
        var taken = db.KnownAnswers.Where(a => a.Key == request.Key);
        _ = request.Answer is { } answer
            ? await taken.ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Status, answer.Status).SetProperty(a => a.ContentType, answer.ContentType).SetProperty(a => a.ETag, answer.ETag).SetProperty(a => a.Body, answer.Body),
                cancellationToken)
            : await taken.ExecuteDeleteAsync(cancellationToken);
        return new AnswerTaken(null);
    }
}
