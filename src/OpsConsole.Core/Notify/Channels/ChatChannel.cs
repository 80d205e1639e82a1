using System.Net.Http.Json;
using System.Net.Sockets;
using OpsConsole.Storage;

namespace OpsConsole.Notify.Channels;

/// <summary>Posts <c>{"text": …}</c> to a registered web-hook, as Slack, Mattermost, Teams and Google Chat take it. Follows no redirect.</summary>
internal sealed class ChatChannel(IHttpClientFactory clients, IDbContextFactory<OpsDb> databases, ISecretBox box) : ILetterChannel
{
    public const string Client = "chat";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public bool Serves(NoticeLetter letter) => Notice.Hook(letter.Recipient) is not null;

    public async Task<string?> Deliver(NoticeLetter letter, CancellationToken cancellationToken)
    {
        if (await Address(letter.Address, cancellationToken) is not { } address)
        {
            return $"the web-hook {letter.Address} is not registered, or is switched off";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new { text = $"{letter.Subject}\n{letter.Body}" }) };
            request.Headers.Add("Idempotency-Key", letter.Id.ToString("n"));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return failure is OperationCanceledException ? "it did not answer in time" : failure.GetBaseException().Message;
        }
    }

    private async Task<Uri?> Address(string hook, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var kept = await db.ChatHooks.AsNoTracking().Where(h => h.Name == hook && !h.Disabled).Select(h => h.ProtectedUrl).SingleOrDefaultAsync(cancellationToken);
        return kept is null ? null : new Uri(box.Unprotect(kept));
    }
}
