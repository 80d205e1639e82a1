namespace OpsConsole.Cases.Types;

/// <summary>
/// One kind of exception. To add one: write a class beside this, give it a line in <see cref="ExceptionCatalog"/>; the test that runs over
/// every entry checks that its samples are recognised by it and by no type before it.
/// </summary>
public abstract class ExceptionType
{
    /// <summary>Stable, for rules, filters and metrics: <c>tax-profile-missing</c>.</summary>
    public abstract string Code { get; }

    /// <summary>The kind in a few words: <c>Tax profile missing</c>.</summary>
    public abstract string Label { get; }

    /// <summary>What usually helps, as one sentence to a steward.</summary>
    public abstract string Hint { get; }

    /// <summary>Signals that are of this type, for the tests: at least two.</summary>
    public abstract IReadOnlyList<SignalSample> Samples { get; }

    /// <summary>Pure: the same signal is recognised today and in any rebuild.</summary>
    public abstract bool Recognises(ExceptionSignal signal);

    /// <summary>What happened, in business words: <c>No tax profile, refused by NetSuite</c>.</summary>
    public abstract string Title(ExceptionSignal signal);

    /// <summary>What exceptions of one cause share besides the type. Where region or legal entity matter, they are parts.</summary>
    protected virtual IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System, signal.ErrorCode, signal.ErrorAttribute];

    /// <summary>The cause in words, the same for all of one fingerprint.</summary>
    public virtual string Cause(ExceptionSignal signal) => $"{Label}, {SystemNames.Of(signal.System)}";

    /// <summary>The same for all exceptions of one cause: 16 bytes in hex.</summary>
    public string Fingerprint(ExceptionSignal signal) =>
        Ids.Key([.. Parts(signal).Prepend(Code).Select(part => part ?? "")]).ToString("n");

    /// <summary>True when the code contains one of the words, whatever its case and separators.</summary>
    protected static bool CodeSays(ExceptionSignal signal, params ReadOnlySpan<string> words)
    {
        var code = Letters(signal.ErrorCode);
        foreach (var word in words)
        {
            if (code.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the error complains about the attribute, however it is spelt: <c>taxProfile</c>, <c>tax_profile</c>.</summary>
    protected static bool AttributeIs(ExceptionSignal signal, params ReadOnlySpan<string> names)
    {
        var attribute = Letters(signal.ErrorAttribute);
        foreach (var name in names)
        {
            if (attribute == name)
            {
                return true;
            }
        }

        return false;
    }

    private static string Letters(string? text) =>
        text is null ? "" : string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}

/// <summary>As much of a signal as decides its type.</summary>
public sealed record SignalSample(string? ErrorCode = null, string? Category = null, string? Attribute = null, string ObjectType = "invoice", SignalKind Kind = SignalKind.Failure);
