namespace OpsConsole.Web.Parts;

/// <summary>The way through a list by keys: where each page began, so that one can go back. Goes with <c>Pager</c>.</summary>
public sealed class Cursors
{
    private readonly Stack<(string? After, int From)> _back = [];

    /// <summary>What the present page was asked with; nothing: the first.</summary>
    public string? After { get; private set; }

    /// <summary>How many rows stand before the present page.</summary>
    public int From { get; private set; }

    public void Next(string after, int shown)
    {
        _back.Push((After, From));
        (After, From) = (after, From + shown);
    }

    public void Previous() => (After, From) = _back.TryPop(out var page) ? page : (null, 0);

    /// <summary>To the first page: another filter makes another list.</summary>
    public void Reset()
    {
        _back.Clear();
        (After, From) = (null, 0);
    }
}
