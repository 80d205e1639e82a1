using OpsConsole.Storage;

namespace OpsConsole.Approvals;

/// <summary>Whose hands something went through: people by their ids, and behind a program's key whoever made the key.</summary>
internal static class Hands
{
    private const string Key = "key:";

    /// <summary>True when this person is one of them, or made the key of one.</summary>
    /// <param name="db">To look who made a key.</param>
    /// <param name="actor">Who wants to be the second pair of eyes.</param>
    /// <param name="prepared">The ids of those who prepared: people and keys.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<bool> Include(OpsDb db, Actor actor, IReadOnlyCollection<string> prepared, CancellationToken cancellationToken)
    {
        if (prepared.Contains(actor.Id))
        {
            return true;
        }

        var sources = prepared.Where(id => id.StartsWith(Key, StringComparison.Ordinal)).Select(id => $"source {id[Key.Length..]}").ToList();
        return sources.Count > 0
            && await db.Audit.AnyAsync(a => a.Action == "key.create" && a.ActorId == actor.Id && sources.Contains(a.Subject), cancellationToken);
    }
}
