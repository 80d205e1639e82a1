using System.Globalization;

namespace OpsConsole.Simulator.Wire;

/// <summary>
/// What travels with one business transaction through all four services, as a header beside the trace context: which transaction it is,
/// what shall go wrong on the way, and (for a transaction of the past) what time it is. A call from outside, as a replay, has none.
/// </summary>
internal sealed class Journey
{
    public const string Header = "X-Simulator-Journey";
    private static readonly AsyncLocal<Journey?> s_current = new();

    public static Journey? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public long Deal { get; init; }

    /// <summary>The object that leads the transaction; events carry it as their correlation id.</summary>
    public string Lead { get; init; } = "";

    public JourneyFault Fault { get; init; }

    /// <summary>The time in a transaction of the past; every service that works on it moves it on. Null: it happens now.</summary>
    public DateTimeOffset? Past { get; set; }

    /// <summary>Asked for by hand: no service takes its time, and no event is late or sent twice.</summary>
    public bool Prompt { get; init; }

    /// <summary>The same journey at another time. Null: now.</summary>
    public Journey At(DateTimeOffset? past) => new() { Deal = Deal, Lead = Lead, Fault = Fault, Past = past, Prompt = Prompt };

    /// <summary>The same journey, on which nothing goes wrong any more.</summary>
    public Journey Healthy() => new() { Deal = Deal, Lead = Lead, Past = Past, Prompt = Prompt };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Deal};{Lead};{(int)Fault};{Past?.UtcTicks ?? 0};{(Prompt ? 1 : 0)}");

    public static Journey? Read(string? header)
    {
        var parts = header?.Split(';');
        if (parts is not { Length: 5 } || !long.TryParse(parts[0], out var deal) || !int.TryParse(parts[2], out var fault))
        {
            return null;
        }

        return new Journey
        {
            Deal = deal, Lead = parts[1], Fault = (JourneyFault)fault, Past = ReadTime(parts[3]), Prompt = parts[4] is "1",
        };
    }

    /// <summary>UTC ticks as they stand in the header; 0 or unreadable is no time.</summary>
    public static DateTimeOffset? ReadTime(string? ticks) =>
        long.TryParse(ticks, out var read) && read > 0 && read < DateTime.MaxValue.Ticks ? new DateTimeOffset(read, TimeSpan.Zero) : null;
}

/// <summary>The one thing that goes wrong on this journey, and where.</summary>
internal enum JourneyFault
{
    None,
    /// <summary>The middleware's mapping forgets the tax profile.</summary>
    DropsTaxProfile,
    /// <summary>The mapping writes terms that the receiver does not know.</summary>
    GarblesTerms,
    /// <summary>The mapping rounds by line, or writes other terms: both sides accept, and disagree.</summary>
    Disagrees,
    /// <summary>The middleware loses the message for billing.</summary>
    LosesAccount,
    /// <summary>The ERP writes, and answers too late.</summary>
    AnswersLate,
    /// <summary>The ERP refuses for now: too many requests.</summary>
    Throttles,
    /// <summary>The ERP is down, in a transaction of the past.</summary>
    IsDown,
}
