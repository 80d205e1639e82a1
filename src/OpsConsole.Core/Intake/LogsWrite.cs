using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake;

/// <summary>Writes the log records of one transaction. One that is there already is a duplicate.</summary>
internal static class LogsWrite
{
    /// <returns>The records that were stored.</returns>
    public static async Task<IReadOnlyList<LogRecord>> Write(OpsDb db, IReadOnlyList<Portion> portions, Caution caution, CancellationToken cancellationToken)
    {
        var bodies = portions.Select(portion => portion.Readings.Where(reading => reading.Log is not null).ToList()).Where(body => body.Count > 0).ToList();
        if (bodies.Count == 0)
        {
            return [];
        }

        var seen = await Known(db, bodies, caution, cancellationToken);
        var stored = new List<LogRecord>(bodies.Sum(body => body.Count));
        foreach (var reading in bodies.SelectMany(body => body))
        {
            var log = reading.Log!;
            reading.Verdict = seen.Add((log.Key, log.Day)) ? Verdict.Stored : Verdict.Duplicate;
            if (reading.Verdict is Verdict.Stored)
            {
                stored.Add(log);
            }
        }

        // One order everywhere, so that two nodes with the same records wait for each other instead of locking each other out.
        stored.Sort((a, b) => a.Key.CompareTo(b.Key));
        await db.Dialect.Insert(db, stored, cancellationToken);
        return stored;
    }

    /// <summary>The identities among them that are stored already, as far as it was looked.</summary>
    private static async Task<HashSet<(Guid Key, DateOnly Day)>> Known(OpsDb db, List<List<Reading>> bodies, Caution caution, CancellationToken cancellationToken)
    {
        if (caution is Caution.FirstOfEachBody)
        {
            var first = await db.Dialect.Known(db, bodies.ConvertAll(body => body[0].Log!), cancellationToken);
            bodies = [.. first.Select(place => bodies[place])];
        }

        List<LogRecord> looked = [.. bodies.SelectMany(body => body).Select(reading => reading.Log!)];
        return [.. (await db.Dialect.Known(db, looked, cancellationToken)).Select(place => (looked[place].Key, looked[place].Day))];
    }
}
