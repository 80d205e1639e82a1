using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>
/// Slows guessing down without locking anybody out of their own device (OWASP: device cookies). What unknown devices try under an account is counted apart from what
/// each device tries that signed in before, so a guesser fills a count that the person does not use. A try is counted before it is looked at and given back when it was
/// right: a hundred at once are a hundred. Kept in the database, so that all nodes count together.
/// </summary>
internal sealed class SignInThrottle(OpsDb db, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int MostUnknown = 5;
    private const int MostKnown = 10;
    private const int MostOfAddress = 100;

    /// <summary>Counts a try; refuses it when there were too many.</summary>
    /// <param name="account">As it was typed: whether it exists makes no difference.</param>
    /// <param name="from">Where it comes from.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async Task<Refusal?> Take(string account, Whereabouts from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, most) in Counts(account, from))
        {
            if (!await Take(key, most, now, cancellationToken))
            {
                return await Full(key, now, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>The try was right.</summary>
    public async Task GiveBack(string account, Whereabouts from, CancellationToken cancellationToken)
    {
        var keys = Counts(account, from).Select(count => count.Key).ToList();
        await db.SignInCounts.Where(c => keys.Contains(c.Key) && c.Tries > 0).ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries - 1), cancellationToken);
    }

    /// <summary>Until when unknown devices are kept out, for each of these accounts that it concerns.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> LockedUntil(OpsDb db, IEnumerable<string> accounts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Window;
        var full = await db.SignInCounts.AsNoTracking().Where(c => c.Tries >= MostUnknown && c.Since > since).ToDictionaryAsync(c => c.Key, c => c.Since + Window, cancellationToken);
        return accounts.Where(account => full.ContainsKey(Unknown(account))).ToDictionary(account => account, account => full[Unknown(account)]);
    }

    /// <summary>Lets unknown devices try again.</summary>
    public static Task<int> Unlock(OpsDb db, string account, CancellationToken cancellationToken)
    {
        var key = Unknown(account);
        return db.SignInCounts.Where(c => c.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    // A device that signed in before is not held to what others do at its address.
    private static IEnumerable<(Guid Key, int Most)> Counts(string account, Whereabouts from) =>
        from.Known is { } device ? [(Ids.Key(["device", Normal(account), device]), MostKnown)]
        : from.Address is { } address ? [(Ids.Key(["address", address]), MostOfAddress), (Unknown(account), MostUnknown)]
        : [(Unknown(account), MostUnknown)];

    private static Guid Unknown(string account) => Ids.Key(["account", Normal(account)]);

    private static string Normal(string account) => account.Trim().ToUpperInvariant();

    private async Task<bool> Take(Guid key, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await Count(key, most, now, cancellationToken))
        {
            return true;
        }

        if (await db.SignInCounts.AnyAsync(c => c.Key == key, cancellationToken))
        {
            return false;
        }

        var first = db.SignInCounts.Add(new SignInCount { Key = key, Tries = 1, Since = now });
        var saved = await db.CommitWith(true, cancellationToken);
        first.State = EntityState.Detached;
        return saved.Accepted || await Count(key, most, now, cancellationToken);         // somebody else was first
    }

    private async Task<bool> Count(Guid key, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Window;
        return await db.SignInCounts.Where(c => c.Key == key && (c.Tries < most || c.Since <= since)).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Tries, c => c.Since <= since ? 1 : c.Tries + 1).SetProperty(c => c.Since, c => c.Since <= since ? now : c.Since), cancellationToken) == 1;
    }

    private async Task<Refusal> Full(Guid key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = await db.SignInCounts.Where(c => c.Key == key).Select(c => (DateTimeOffset?)c.Since).SingleOrDefaultAsync(cancellationToken);
        var wait = Math.Max(1, Math.Ceiling(((since ?? now) + Window - now).TotalMinutes));
        return new Refusal(RefusalKind.Forbidden, "sign-in.too-many", $"Too many wrong tries. Try again in {wait:0} min, on a device where you signed in before, or ask an administrator.");
    }
}
