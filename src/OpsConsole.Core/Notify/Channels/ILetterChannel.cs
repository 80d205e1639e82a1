namespace OpsConsole.Notify.Channels;

/// <summary>A way that letters take. Delivers once for each call; the caller makes sure that it calls again only after a failure or a crash.</summary>
public interface ILetterChannel
{
    /// <summary>True for the recipients that it serves.</summary>
    bool Serves(NoticeLetter letter);

    /// <summary>Delivers it under its own message id.</summary>
    /// <returns>Nothing when it was taken; else why not.</returns>
    Task<string?> Deliver(NoticeLetter letter, CancellationToken cancellationToken);
}
