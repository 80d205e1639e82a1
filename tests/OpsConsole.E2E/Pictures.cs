using Microsoft.Playwright;
using OpsConsole.E2E.Infrastructure;

namespace OpsConsole.E2E;

/// <summary>
/// Pictures of pages, light and dark. They go to docs/images when OPSCONSOLE_PICTURES says so (deploy/dev/test --pictures), else beside
/// the other artifacts of a run, so that a test never changes what is committed.
/// </summary>
internal static class Pictures
{
    private static readonly string s_folder = Environment.GetEnvironmentVariable("OPSCONSOLE_PICTURES") is { Length: > 0 } folder
        ? Directory.CreateDirectory(Path.Combine(Checkout.Root, folder)).FullName
        : Checkout.Artifacts("images");

    /// <summary>Takes NAME-light.png and NAME-dark.png of what the window shows now.</summary>
    public static async Task Picture(this IPage page, string name)
    {
        foreach (var theme in new[] { "light", "dark" })
        {
            await page.Theme(theme);
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(s_folder, $"{name}-{theme}.png"),
                Animations = ScreenshotAnimations.Disabled,
                Caret = ScreenshotCaret.Hide,
            });
        }

        await page.Theme("light");
    }

    /// <summary>Changes the theme as the reader does, by the button in the head of the page, so that what is on screen stays.</summary>
    public static async Task Theme(this IPage page, string theme)
    {
        if (await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme") != theme)
        {
            // The pages of people who have not signed in have no button; there the attribute alone does it.
            await page.EvaluateAsync("theme => { const button = document.querySelector('[data-theme-toggle]'); if (button) button.click(); else document.documentElement.dataset.theme = theme; }", theme);
            await page.WaitForFunctionAsync("theme => document.documentElement.dataset.theme === theme", theme);
        }

        // What is still on its way when "ready" is asked would be painted in another face.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.EvaluateAsync("async () => { const family = getComputedStyle(document.body).fontFamily; await Promise.all([400, 500, 600, 700].map(weight => document.fonts.load(`${weight} 13px ${family}`))); await document.fonts.ready; }");
    }
}
