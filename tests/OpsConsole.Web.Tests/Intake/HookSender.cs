using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Basics;

namespace OpsConsole.Web.Tests.Intake;

/// <summary>A vendor who signs as Standard Webhooks do.</summary>
internal static class HookSender
{
    /// <summary>A source of that name that expects web-hooks, and the secret that it made.</summary>
    public static async Task<(string Id, string Secret)> AddHook(this LiveConsole console, string name, int? pace = null)
    {
        using var made = await console.Http.PostAsJsonAsync("/api/v1/sources", new { name, scopes = new[] { "events" }, priority = "first", requestsPerSecond = pace });
        var id = (await made.Content.ReadFromJsonAsync<string>())!;
        using var secret = await console.Http.PutAsJsonAsync($"/api/v1/sources/{id}/hook-secret", new { });
        return (id, (string)(await secret.Content.ReadFromJsonAsync<JsonObject>())!["secret"]!);
    }

    /// <param name="console">Where it goes.</param>
    /// <param name="source">Its name.</param>
    /// <param name="secret">Nothing: it is not signed.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="body">As it is signed.</param>
    /// <param name="attempt">So many seconds from now.</param>
    public static async Task<(HttpStatusCode Status, JsonObject Body)> SendHook(this LiveConsole console, string source, string? secret, string id, string body, int attempt = 0)
    {
        var at = TimeProvider.System.GetUtcNow().AddSeconds(attempt);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/hooks/{source}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (secret is not null)
        {
            request.Headers.Add("webhook-signature", WebhookSignature.Of(secret, id, at, Encoding.UTF8.GetBytes(body)));
        }

        using var answer = await console.Http.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}
