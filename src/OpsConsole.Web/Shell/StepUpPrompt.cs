namespace OpsConsole.Web.Shell;

/// <summary>Between a request that wants the person to confirm who they are and the dialog that asks them. One per circuit.</summary>
public sealed class StepUpPrompt
{
    private TaskCompletionSource<bool>? _asked;

    /// <summary>Raised when the dialog is to open; true: they are to confirm by all that they sign in with.</summary>
    public event Action<bool>? Wanted;

    /// <summary>True once they have confirmed; false when they would not, or where nobody can ask them. Several requests at once ask once.</summary>
    public Task<bool> Ask(bool fully = false)
    {
        if (Wanted is null)
        {
            return Task.FromResult(false);
        }

        var first = _asked is null;
        _asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = _asked.Task;
        if (first)
        {
            Wanted.Invoke(fully);
        }

        return answer;
    }

    public void Answer(bool confirmed)
    {
        var asked = _asked;
        _asked = null;
        asked?.TrySetResult(confirmed);
    }
}
