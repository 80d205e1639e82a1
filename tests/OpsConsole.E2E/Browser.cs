using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace OpsConsole.E2E;

/// <summary>A real Chromium. Each person has a window of his own: nothing is shared between them but the console. A page that breaks its own Content-Security-Policy fails the journey.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    // As Debian's Chromium wants to be started without a screen; nothing it does by itself goes to the network.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
    ];

    // In milliseconds: a slow machine makes a journey slow, not red.
    private const float Patience = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;
    private readonly ConcurrentQueue<string> _refused = new();

    private Browser(IPlaywright playwright, IBrowser chromium)
    {
        _playwright = playwright;
        _chromium = chromium;
    }

    public static async Task<Browser> Open()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = s_arguments });
        return new Browser(playwright, chromium);
    }

    /// <summary>An empty window, 1440 by 900 unless told otherwise.</summary>
    public Task<IPage> Window(Stage stage, bool dark = false, int width = 1440, int height = 900) => Window(stage.Url, dark, width, height);

    /// <summary>An empty window on the console at that address.</summary>
    public async Task<IPage> Window(Uri console, bool dark = false, int width = 1440, int height = 900)
    {
        var context = await _chromium.NewContextAsync(new()
        {
            BaseURL = console.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        page.Console += (_, said) =>
        {
            if (said.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _refused.Enqueue($"{page.Url}: {said.Text}");
            }
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
        if (!_refused.IsEmpty)
        {
            throw new InvalidOperationException($"A page asked for what its own policy refuses:\n{string.Join('\n', _refused.Distinct())}");
        }
    }
}
