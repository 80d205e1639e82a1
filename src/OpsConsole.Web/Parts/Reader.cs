using System.Globalization;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Parts;

/// <summary>
/// Who looks at the page, as far as time is concerned: their zone and the clock. Stored time is UTC everywhere; only here it becomes local.
/// One per circuit; the zone comes from the browser (cookie <c>oc-zone</c>).
/// </summary>
public sealed class Reader(TimeProvider clock, PastView? view = null)
{
    public const string ZoneCookie = "oc-zone";

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The present, or the moment looked at: ages are told as they were then.</summary>
    public DateTimeOffset Now => view?.At ?? clock.GetUtcNow();

    /// <summary>Takes an IANA name. One that this machine does not know leaves UTC, and every exact time says so.</summary>
    public void LivesIn(string? zone)
    {
        if (zone is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            Zone = found;
        }
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The moment at which the reader's clocks show this.</summary>
    public DateTimeOffset At(DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Zone.GetUtcOffset(local));

    /// <summary>For hover: <c>30 Oct 2026, 16:42:07 UTC+1</c>.</summary>
    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(at);

    /// <summary>For lists: today only the time, this year without the year.</summary>
    public string Brief(DateTimeOffset at)
    {
        var (local, today) = (Local(at), Local(Now));
        var format = local.Date == today.Date ? "HH:mm" : local.Year == today.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => Local(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The zone as a page's clock names it: <c>UTC+1</c>, <c>UTC+5:30</c>.</summary>
    public string Offset(DateTimeOffset at)
    {
        var offset = Zone.GetUtcOffset(at);
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return offset == TimeSpan.Zero ? "UTC" : $"UTC{sign}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}";
    }
}
