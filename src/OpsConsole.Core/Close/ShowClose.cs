using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Close;

/// <summary>Whether the books of a unit, or of one of its legal entities, can be closed for a period: what is in the way, how long there is, and what was signed off.</summary>
/// <param name="Period">A month, <c>2026-11</c>; nothing: the one that is being closed.</param>
/// <param name="Unit">Whose books.</param>
/// <param name="LegalEntity">Nothing: all of the unit's.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowClose(string? Period, string Unit, string? LegalEntity, Actor Actor) : IRequest<Outcome<CloseView>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Period">Which month.</param>
/// <param name="Unit">Whose books.</param>
/// <param name="LegalEntity">Nothing: all of the unit's.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="At">When it was so (UTC).</param>
/// <param name="Figures">What is in the way.</param>
/// <param name="Deadline">By when the books are to be closed.</param>
/// <param name="HoursLeft">Until then; 0 once it has passed.</param>
/// <param name="HoursSaid">Whose hours.</param>
/// <param name="Forecast">When nothing is in the way any more.</param>
/// <param name="SignOffs">The latest first.</param>
public sealed record CloseView(
    ClosePeriod Period, string Unit, string? LegalEntity, string Currency, DateTimeOffset At, CloseFigures Figures, DateTimeOffset Deadline, double HoursLeft, string HoursSaid, CloseForecast Forecast,
    IReadOnlyList<SignOff> SignOffs)
{
    /// <summary>True once the month is over; before that nothing is signed off.</summary>
    public bool IsOver => At >= Period.To;
}

/// <summary>Somebody's word that a period is closed, with the numbers that they saw.</summary>
/// <param name="Number">Counts up; what the next one must have seen.</param>
/// <param name="AsOf">The moment of the numbers (UTC).</param>
/// <param name="At">When it was given.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Note">In their words.</param>
/// <param name="Figures">As they were.</param>
/// <param name="Changes">What is different by now.</param>
public sealed record SignOff(int Number, DateTimeOffset AsOf, DateTimeOffset At, string By, string Note, CloseFigures Figures, IReadOnlyList<CloseChange> Changes);

/// <summary>A number that is no longer what was signed off.</summary>
/// <param name="Label">Of what.</param>
/// <param name="Count">How many there were.</param>
/// <param name="CountNow">How many there are.</param>
/// <param name="Amount">In the reporting currency, then.</param>
/// <param name="AmountNow">And now.</param>
public sealed record CloseChange(string Label, int Count, int CountNow, decimal Amount, decimal AmountNow);

internal sealed class ShowCloseHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ShowClose, Outcome<CloseView>>
{
    public async Task<Outcome<CloseView>> Handle(ShowClose request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (ClosePeriod.Of(request.Period, now) is not { } period)
        {
            return Refusal.Invalid("period", "must be a month like 2026-11");
        }

        if (!request.Actor.Scope.Covers(request.Unit))
        {
            return Refusal.NotFound($"The unit {request.Unit}");
        }

        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var read = await CloseReading.Of(db, period, request.Unit, request.LegalEntity, request.Actor, rates, now, cancellationToken);
        if (read.Value is not { } figures)
        {
            return read.Refusal!;
        }

        var calendars = await CalendarBook.Read(db, cancellationToken);
        var hours = new WorkingHours(period, calendars.Find(CalendarBook.OfUnit, request.Unit));
        var (ended, opened) = await Pace(request.Unit, request.LegalEntity, now, cancellationToken);
        return new CloseView(
            period, request.Unit, request.LegalEntity, reporting.Value.Currency, now, figures, hours.Deadline, Math.Max(0, hours.Between(now, hours.Deadline).TotalHours), hours.Said,
            CloseForecast.Of(figures.Exceptions, ended, opened, period, hours, now), await SignOffs(period, request, figures, now, cancellationToken));
    }

    private async Task<(int Ended, int Opened)> Pace(string unit, string? legalEntity, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-CloseForecast.Days);
        var cases = db.Cases.AsNoTracking().Where(c => c.MovedTo == null && c.Unit == unit && (legalEntity == null || c.LegalEntity == legalEntity));
        return (await cases.CountAsync(c => c.EndedAt >= since, cancellationToken), await cases.CountAsync(c => c.OpenedAt >= since, cancellationToken));
    }

    private async Task<IReadOnlyList<SignOff>> SignOffs(ClosePeriod period, ShowClose request, CloseFigures figures, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await db.Snapshots.AsNoTracking().Of(period, request.Unit, request.LegalEntity).Where(s => s.TakenAt <= now).OrderByDescending(s => s.Number).ToListAsync(cancellationToken))
            .Select(kept => SignOffWords.Of(kept, figures))];
}

/// <summary>Sign-offs as they are kept and as they read.</summary>
internal static class SignOffWords
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static IQueryable<Snapshot> Of(this IQueryable<Snapshot> snapshots, ClosePeriod period, string unit, string? legalEntity)
    {
        var entity = legalEntity ?? "";
        return snapshots.Where(s => s.Kind == Snapshot.OfClose && s.Unit == unit && s.LegalEntity == entity && s.Period == period.Code);
    }

    public static string Write(CloseFigures figures) => JsonSerializer.Serialize(figures, s_json);

    public static SignOff Of(Snapshot kept, CloseFigures now)
    {
        var then = JsonSerializer.Deserialize<CloseFigures>(kept.Numbers, s_json)!;
        return new SignOff(kept.Number, kept.AsOf, kept.TakenAt, kept.TakenByName, kept.Note, then, Changes(then, now));
    }

    private static List<CloseChange> Changes(CloseFigures then, CloseFigures now)
    {
        var (before, after) = (then.Blocks.ToDictionary(Key), now.Blocks.ToDictionary(Key));
        return
        [
            .. from key in before.Keys.Union(after.Keys)
               let one = before.GetValueOrDefault(key)
               let other = after.GetValueOrDefault(key)
               where one?.Count != other?.Count || one?.Amount != other?.Amount
               orderby Math.Abs((other?.Amount ?? 0) - (one?.Amount ?? 0)) descending, key.Code
               select new CloseChange((other ?? one)!.Label, one?.Count ?? 0, other?.Count ?? 0, one?.Amount ?? 0, other?.Amount ?? 0),
        ];
    }

    private static (CloseBlockKind Kind, string Code) Key(CloseBlock block) => (block.Kind, block.Code);
}
