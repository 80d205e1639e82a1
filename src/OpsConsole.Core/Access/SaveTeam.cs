using System.Text.RegularExpressions;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Makes a team or changes it.</summary>
/// <param name="Code">Small letters, digits and hyphens.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Queues">Codes of queues that exist.</param>
/// <param name="Members">Ids of people who have an account.</param>
/// <param name="Seen">The <see cref="TeamRow.Seen"/> that the caller saw; nothing for a new one.</param>
/// <param name="Actor">Who asks.</param>
public sealed partial record SaveTeam(string Code, string Label, IReadOnlyList<string> Queues, IReadOnlyList<string> Members, DateTimeOffset? Seen, Actor Actor)
    : IRequest<Outcome<TeamList>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$")]
    internal static partial Regex CodeForm();
}

/// <summary>Takes a team away. Its people and queues stay as they are.</summary>
public sealed record DeleteTeam(string Code, Actor Actor) : IRequest<Outcome<TeamList>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

internal sealed class SaveTeamHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<SaveTeam, Outcome<TeamList>>
{
    public async Task<Outcome<TeamList>> Handle(SaveTeam request, CancellationToken cancellationToken)
    {
        if (await Wrong(request, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var team = await db.Teams.SingleOrDefaultAsync(t => t.Code == request.Code, cancellationToken);
        if (team is not null && team.UpdatedAt != request.Seen)
        {
            return Refusal.Stale("This team");
        }

        if (team is null)
        {
            db.Teams.Add(team = new Team { Code = request.Code, Label = request.Label.Trim() });
        }

        (team.Label, team.Queues, team.Members) = (request.Label.Trim(), [.. request.Queues.Distinct()], [.. request.Members.Distinct()]);
        (team.UpdatedAt, team.UpdatedBy) = (now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(request.Actor, "team.save", $"team {team.Code}", $"{team.Members.Count} people, queues {string.Join(", ", team.Queues)}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(team, cancellationToken);
        bells.Changes.Ring();
        return saved.Accepted ? await ListTeamsHandler.Read(db, cancellationToken) : saved.Refusal;
    }

    private async Task<Refusal?> Wrong(SaveTeam request, CancellationToken cancellationToken)
    {
        if (!SaveTeam.CodeForm().IsMatch(request.Code))
        {
            return Refusal.Invalid("code", "must be small letters, digits and hyphens");
        }

        if (request.Label.Trim().Length is 0 or > 100)
        {
            return Refusal.Invalid("label", "must have 1 to 100 letters");
        }

        var queues = await db.Queues.Where(q => request.Queues.Contains(q.Code)).CountAsync(cancellationToken);
        if (queues != request.Queues.Distinct().Count())
        {
            return Refusal.Invalid("queues", "must be codes of queues that exist");
        }

        var ids = request.Members.Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty).Distinct().ToList();
        return await db.People.CountAsync(p => ids.Contains(p.Id), cancellationToken) == ids.Count ? null : Refusal.Invalid("members", "must be ids of people who have an account");
    }
}

internal sealed class DeleteTeamHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<DeleteTeam, Outcome<TeamList>>
{
    public async Task<Outcome<TeamList>> Handle(DeleteTeam request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.Teams.SingleOrDefaultAsync(t => t.Code == request.Code, cancellationToken) is not { } team)
        {
            return Refusal.NotFound("This team");
        }

        db.Teams.Remove(team);
        db.Audit.Add(AuditEntry.Of(request.Actor, "team.delete", $"team {team.Code}", team.Label, now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(team, cancellationToken);
        bells.Changes.Ring();
        return saved.Accepted ? await ListTeamsHandler.Read(db, cancellationToken) : saved.Refusal;
    }
}
