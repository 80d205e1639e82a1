using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Wire;

/// <summary>What one service answered to another. <see cref="TimedOut"/>: nothing, in time.</summary>
internal sealed record Reply(int Status, JsonObject? Body, TimeSpan? RetryAfter, bool TimedOut = false)
{
    public static readonly Reply Nothing = new(0, null, null, TimedOut: true);

    public bool Ok => Status is >= 200 and < 300;
    public string? Code => Body?["code"]?.GetValue<string>();
    public string? Message => Body?["message"]?.GetValue<string>();
    public string? Attribute => Body?["attribute"]?.GetValue<string>();
    public string? Category => Body?["category"]?.GetValue<string>();
}

/// <summary>A refusal by another service, as an exception on the caller's span.</summary>
internal sealed class RefusedException(string message) : Exception(message);
