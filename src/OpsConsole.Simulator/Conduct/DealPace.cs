using OpsConsole.Simulator.Business;

namespace OpsConsole.Simulator.Conduct;

/// <summary>How long after one step of a deal the next one comes: seconds now, hours and days in the past.</summary>
internal sealed class DealPace(long seed)
{
    public TimeSpan Before(DealStep step, bool past)
    {
        var dice = new Dice(seed, $"pace {step.Name}", step.Deal.Number);
        var (least, most) = past ? Past(step.Name) : Live(step.Name);
        return dice.Between(least, most);
    }

    /// <summary>When in the past a transaction began: more on working hours than at night.</summary>
    public DateTimeOffset BeginOf(long number, DateTimeOffset from, DateTimeOffset until)
    {
        var dice = new Dice(seed, "begin", number);
        var at = from + dice.Between(TimeSpan.Zero, until - from);
        return at.Hour is < 6 or > 19 && dice.Chance(0.8) ? Earlier(at, dice, from) : at;
    }

    private static DateTimeOffset Earlier(DateTimeOffset at, Dice dice, DateTimeOffset from)
    {
        var moved = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero) - TimeSpan.FromHours(at.Hour < 6 ? 24 : 0)
            + dice.Between(TimeSpan.FromHours(7), TimeSpan.FromHours(18));
        return moved < from ? at : moved;
    }

    private static (TimeSpan Least, TimeSpan Most) Live(StepName name) => name switch
    {
        StepName.Perform => (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20)),
        StepName.Bill => (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15)),
        StepName.Pay => (TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(4)),
        StepName.Heal => (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)),
        _ => (TimeSpan.Zero, TimeSpan.Zero),
    };

    private static (TimeSpan Least, TimeSpan Most) Past(StepName name) => name switch
    {
        StepName.Perform => (TimeSpan.FromHours(3), TimeSpan.FromHours(50)),
        StepName.Bill => (TimeSpan.FromMinutes(10), TimeSpan.FromHours(5)),
        StepName.Pay => (TimeSpan.FromHours(10), TimeSpan.FromDays(6)),
        StepName.Heal => (TimeSpan.FromHours(1), TimeSpan.FromHours(26)),
        _ => (TimeSpan.Zero, TimeSpan.Zero),
    };
}
