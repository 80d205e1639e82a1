using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using OpsConsole.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Parts;

/// <summary>
/// A page whose address says all that it shows: it reads once per address, shows what it had until the answer is there, and hears when
/// something within the reader's scope changed. Whether it then reads again by itself (one thing) or offers it (a list) is the page's choice.
/// </summary>
public abstract class AddressedPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _listening;
    private string _shown = "";
    private string _own = "";

    [Inject]
    public required NavigationManager Navigator { get; set; }

    [Inject]
    public required CircuitSender Sender { get; set; }

    [Inject]
    public required LiveFeed Feed { get; set; }

    [Inject]
    public required Reader Reader { get; set; }

    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>Why there is nothing to show; nothing while all is well.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>When what is shown was read.</summary>
    protected DateTimeOffset ReadAt { get; private set; }

    /// <summary>How many changes were announced since.</summary>
    protected int News { get; private set; }

    /// <summary>The topics that concern the page.</summary>
    protected virtual IReadOnlyList<string> Topics => [LiveTopic.Facts];

    /// <summary>True: reads again by itself, in place. False: counts the news and waits to be asked.</summary>
    protected virtual bool Follows => false;

    protected virtual TimeSpan Calm => TimeSpan.FromSeconds(3);

    protected CancellationToken Leaving => _leaving.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for what the address names and keeps the answer; the refusal when there is one.</summary>
    protected abstract Task<Refusal?> Read();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigator.LocationChanged -= Moved;
            _listening?.Dispose();
            _leaving.Cancel();
            _leaving.Dispose();
        }
    }

    protected override void OnInitialized()
    {
        _own = Path(Navigator.Uri);
        Navigator.LocationChanged += Moved;
        _listening = Feed.Listen(Concerns, Calm, told => InvokeAsync(() => Heard(told)));
    }

    protected override Task OnParametersSetAsync() => Navigator.Uri == _shown ? Task.CompletedTask : Look();

    protected async Task Look()
    {
        _shown = Navigator.Uri;
        try
        {
            Refused = await Read();
            (ReadAt, News) = (Reader.Now, 0);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader has left; nobody waits for the answer.
        }
    }

    protected void Go(string uri) => Navigator.NavigateTo(uri);

    private static string Path(string uri) => new Uri(uri).AbsolutePath;

    private bool Concerns(News news) => Topics.Contains(news.Topic) && (news.Unit is null || Actor.Scope.Covers(news.Unit));

    private async Task Heard(IReadOnlyList<News> told)
    {
        if (Follows)
        {
            await Look();
        }
        else
        {
            News += told.Count;
        }

        StateHasChanged();
    }

    // Another object's page is the same component with other parameters, and comes through OnParametersSet; here only the query has changed.
    private void Moved(object? sender, LocationChangedEventArgs args)
    {
        if (Path(args.Location) == _own || _own.Length == 0)
        {
            _ = InvokeAsync(async () =>
            {
                if (Navigator.Uri != _shown)
                {
                    await Look();
                    StateHasChanged();
                }
            });
        }
        else
        {
            _own = Path(args.Location);
        }
    }
}
