using Microsoft.AspNetCore.Components;
using OpsConsole.Audit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Audit;

/// <summary>Verifies while one looks on; leaving the page or <em>Stop</em> ends it.</summary>
public sealed partial class ChainPage(CircuitSender sender, Reader reader) : ComponentBase, IDisposable
{
    private static readonly (string, string)[] s_path = [("Audit", "/audit")];

    private CancellationTokenSource? _run;
    private ChainView? _chain;
    private ChainProgress? _progress;
    private ChainVerdict? _verdict;
    private DateTimeOffset _verifiedAt;
    private string? _refusal;
    private bool _running;

    [CascadingParameter]
    public required Actor Actor { get; set; }

    public void Dispose()
    {
        Stop();
        _run?.Dispose();
    }

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await sender.Send(new ShowChain(Actor));
        (_chain, _refusal) = (answer.Value ?? _chain, _refusal ?? answer.Refusal?.Message);
    }

    private async Task Verify()
    {
        (_running, _progress, _refusal) = (true, null, null);
        using var run = _run = new CancellationTokenSource();
        try
        {
            var answer = await sender.Send(new VerifyAudit(Actor, new Progress<ChainProgress>(Tell)), run.Token);
            (_verdict, _refusal, _verifiedAt) = (answer.Value ?? _verdict, answer.Refusal?.Message, reader.Now);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // Stopped by the reader: what was verified before stays.
        }
        finally
        {
            (_running, _run) = (false, null);
        }

        await Load();
    }

    private void Tell(ChainProgress progress)
    {
        _progress = progress;
        _ = InvokeAsync(StateHasChanged);
    }

    private void Stop() => _run?.Cancel();
}
