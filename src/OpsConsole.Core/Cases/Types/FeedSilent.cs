namespace OpsConsole.Cases.Types;

internal sealed class FeedSilent : ExceptionType
{
    /// <summary>The object type of a feed: what one source sends for one unit.</summary>
    public const string Thing = "feed";

    /// <summary>The error code of a silence that ended because the source was switched off.</summary>
    public const string SwitchedOff = "switched-off";

    public override string Code => "feed-silent";
    public override string Label => "Feed silent";
    public override string Hint => "Nothing failed, because nothing arrives: ask whoever runs the sender whether it is down, cut off or refused at the door (see the source's page). It closes by itself when facts come again.";

    public override IReadOnlyList<SignalSample> Samples { get; } =
        [new(Kind: SignalKind.Missing, ObjectType: Thing), new(Kind: SignalKind.Missing, ObjectType: Thing, ErrorCode: SwitchedOff)];

    public static bool Is(ExceptionSignal signal) => signal.Kind is SignalKind.Missing && signal.ObjectType == Thing;

    public override bool Recognises(ExceptionSignal signal) => Is(signal);

    public override string Title(ExceptionSignal signal) => $"Nothing arrives: {signal.ObjectLabel ?? signal.ObjectId}";

    protected override IEnumerable<string?> Parts(ExceptionSignal signal) => [signal.System];

    public override string Cause(ExceptionSignal signal) => $"{SystemNames.Capital(signal.System)} is silent";
}
