using Microsoft.AspNetCore.Components;
using OpsConsole.Flows;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Flows;

/// <summary>Reads the transaction's traces whenever its page has read the transaction.</summary>
public sealed partial class TrailPart(CircuitSender sender) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private TransactionTraces? _found;
    private List<IGrouping<DateOnly, TransactionTrace>> _days = [];
    private int _missing;
    private (string Flow, string Id, DateTimeOffset ReadAt) _shown;

    [Inject]
    public required Reader Reader { get; set; }

    [CascadingParameter]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required string Flow { get; set; }

    /// <summary>Of the object that leads it.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>When the page read the transaction: a later moment asks again.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset ReadAt { get; set; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Flow, Id, ReadAt))
        {
            return;
        }

        _shown = (Flow, Id, ReadAt);
        try
        {
            Tell((await sender.Send(new ShowTransactionTraces(Flow, Id, Actor), _leaving.Token)).Value);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader has left; nobody waits for the answer.
        }
    }

    private void Tell(TransactionTraces? found)
    {
        _found = found;
        _days = found is null ? [] : [.. found.Traces.GroupBy(trace => DateOnly.FromDateTime(Reader.Local(trace.StartedAt).DateTime))];
        _missing = found is null ? 0 : found.Lost.Count + found.Milestones.Count(milestone => milestone.TraceId is null) + found.Traces.Count(trace => trace.Facts == 0) + found.Traces.Count(trace => !trace.HasRoot);
    }
}
