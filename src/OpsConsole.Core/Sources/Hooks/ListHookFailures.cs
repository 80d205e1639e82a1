using OpsConsole.Storage;

namespace OpsConsole.Sources.Hooks;

/// <summary>The latest web-hooks of a source that were not believed, newest first, and why.</summary>
public sealed record ListHookFailures(string Source, Actor Actor) : IRequest<Outcome<HookFailures>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <param name="Scheme">The code of the <see cref="HookScheme"/> that is expected.</param>
/// <param name="Items">At most <see cref="HookFailure.Kept"/>.</param>
public sealed record HookFailures(string Scheme, IReadOnlyList<HookFailureRow> Items);

/// <summary>A <see cref="HookFailure"/> as people see it.</summary>
public sealed record HookFailureRow(Guid Id, DateTimeOffset At, string Reason, string Hint, string Address, string Told, string Expected, int? BodyBytes);

internal sealed class ListHookFailuresHandler(OpsDb db) : IRequestHandler<ListHookFailures, Outcome<HookFailures>>
{
    public async Task<Outcome<HookFailures>> Handle(ListHookFailures request, CancellationToken cancellationToken)
    {
        var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == request.Source, cancellationToken);
        if (source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The source");
        }

        var rows = await db.HookFailures.AsNoTracking().Where(f => f.SourceId == source.Id).OrderByDescending(f => f.At).ThenByDescending(f => f.Id).Take(HookFailure.Kept)
            .Select(f => new HookFailureRow(f.Id, f.At, f.Reason, f.Hint, f.Address, f.Told, f.Expected, f.BodyBytes)).ToListAsync(cancellationToken);
        return new HookFailures(source.HookScheme, rows);
    }
}
