using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>What people do on the steward's pages, in their own words.</summary>
internal static class CasePages
{
    /// <summary>Finds the exception of an object on the worklist, asking for news until it is there, and opens it.</summary>
    public static async Task OpenCaseOf(this IPage page, MadeFailure failure)
    {
        await page.ShowNewsUntil(failure.Id);
        await page.RowOf(failure.Id).Locator("a.lead").ClickAsync();
        await Expect(page.Locator(".hero h1")).ToContainTextAsync(failure.Id);
    }

    /// <summary>The list's row of an object.</summary>
    public static ILocator RowOf(this IPage page, string objectId) => page.Locator("table.t tbody tr").Filter(new() { HasText = objectId });

    public static async Task ShowNewsUntil(this IPage page, string objectId) =>
        await Infrastructure.Eventually.Is(
            async () =>
            {
                if (await page.RowOf(objectId).CountAsync() > 0)
                {
                    return true;
                }

                await page.Keyboard.PressAsync("n");
                return false;
            },
            $"{objectId} is on the worklist", TimeSpan.FromSeconds(20));

    /// <summary>The same person by API: a step on the exception as it is by now, tried again where a worker was faster.</summary>
    public static Task Steps(this IPage page, string name, string step) => Infrastructure.Eventually.Is(
        async () => (await page.APIRequest.PostAsync($"/api/v1/exceptions/{name}/{step}")).Status == 200, $"{name}: {step}", TimeSpan.FromSeconds(20));

    /// <summary>Presses a button of the page and confirms it in the dialog that asks.</summary>
    public static async Task Decide(this IPage page, string button, string? reason = null)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        var dialog = page.Locator("dialog[open]");
        if (reason is not null)
        {
            await dialog.Locator("textarea").FillAsync(reason);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }
}
