using System.Diagnostics;

namespace OpsConsole.E2E.Infrastructure;

/// <summary>Waits for something to become true, never for a time to pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // A machine that stood still for minutes has not looked in that time: one look uses up no more patience than this.
    private static readonly TimeSpan s_longestLook = TimeSpan.FromSeconds(10);

    /// <param name="explain">What is seen instead, asked once when the patience is over.</param>
    public static async Task Is(Func<Task<bool>> condition, string sentence, TimeSpan? patience = null, Func<Task<string>>? explain = null)
    {
        var since = Stopwatch.StartNew();
        var spent = TimeSpan.Zero;
        for (var look = Stopwatch.StartNew(); !await condition(); look.Restart())
        {
            if (spent > (patience ?? s_patience))
            {
                var seen = explain is null ? "" : "\n" + await explain();
                throw new TimeoutException($"Not so after {since.Elapsed.TotalSeconds:0} s: {sentence}.{seen}");
            }

            await Task.Delay(s_pause);
            spent += look.Elapsed < s_longestLook ? look.Elapsed : s_longestLook;
        }
    }

    /// <summary>Asks until <paramref name="differences"/> finds none; the last ones found are the failure's message.</summary>
    public static async Task Equal(Func<Task<IReadOnlyList<string>>> differences, string sentence, TimeSpan? patience = null)
    {
        IReadOnlyList<string> last = [];
        await Is(
            async () => (last = await differences()).Count == 0,
            sentence,
            patience,
            () => Task.FromResult(string.Join('\n', last)));
    }
}
