using System.Text;
using Microsoft.Extensions.Options;

namespace OpsConsole.Audit;

/// <summary>A way by which anchors leave the database. Delivering one twice does no harm.</summary>
public interface IAnchorWay
{
    /// <summary><c>file</c>, <c>mail</c>, <c>hook</c>.</summary>
    string Name { get; }

    /// <summary>Whether the settings name a place.</summary>
    bool IsSet { get; }

    /// <returns>Nothing when it was taken; else why not.</returns>
    Task<string?> Deliver(AnchorLine anchor, CancellationToken cancellationToken);
}

/// <summary>Appends to <c>Audit:AnchorFile</c> and waits until the disk has it.</summary>
internal sealed class FileWay(IOptions<AuditOptions> options) : IAnchorWay
{
    public string Name => "file";

    public bool IsSet => options.Value.AnchorFile.Length > 0;

    public async Task<string?> Deliver(AnchorLine anchor, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(options.Value.AnchorFile, FileMode.Append, FileAccess.Write, FileShare.Read);
            await file.WriteAsync(Encoding.UTF8.GetBytes(AnchorText.Write(anchor) + "\n"), cancellationToken);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }
}

/// <summary>Posts the line to <c>Audit:AnchorHook</c>, within the rules of all calls that the console makes.</summary>
internal sealed class HookWay(IOptions<AuditOptions> options, IHttpClientFactory clients) : IAnchorWay
{
    public const string Client = "anchor";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public string Name => "hook";

    public bool IsSet => options.Value.AnchorHook.Length > 0;

    public async Task<string?> Deliver(AnchorLine anchor, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.AnchorHook) { Content = new StringContent(AnchorText.Write(anchor), Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", $"anchor-{anchor.Number}");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return failure is OperationCanceledException ? "it did not answer in time" : failure.GetBaseException().Message;
        }
    }
}
