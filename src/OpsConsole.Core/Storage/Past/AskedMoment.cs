using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Storage.Past;

/// <summary>
/// The moment that a scope of services looks at: the present, unless <see cref="LookAt"/> was called when it was made. Whatever is asked in that scope is answered by
/// what the console knew at the moment, with its clock standing there.
/// </summary>
public static class AskedMoment
{
    private static readonly ConditionalWeakTable<IServiceProvider, object> s_asked = [];

    /// <param name="scope">A new scope, before anything was taken from it.</param>
    /// <param name="at">The moment (UTC); nothing: the present.</param>
    public static void LookAt(this IServiceScope scope, DateTimeOffset? at)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (at is { } moment)
        {
            s_asked.Add(scope.ServiceProvider, moment);
        }
    }

    /// <param name="scope">As a factory of services gets it: of a single service for all it is the root, which always looks at the present.</param>
    internal static DateTimeOffset? Of(IServiceProvider scope) => s_asked.TryGetValue(scope, out var at) ? (DateTimeOffset)at : null;
}

/// <summary>What a handler or a step around it may ask about its own scope.</summary>
/// <param name="At">The moment looked at; nothing: the present.</param>
public sealed record Looking(DateTimeOffset? At);

/// <summary>A clock that stands at the moment looked at. Time spans are still measured by the true one.</summary>
internal sealed class StandingClock(DateTimeOffset at, TimeProvider clock) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => at;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
