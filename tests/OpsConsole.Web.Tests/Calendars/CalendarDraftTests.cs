using OpsConsole.Calendars;
using OpsConsole.Web.Calendars;

namespace OpsConsole.Web.Tests.Calendars;

public class CalendarDraftTests
{
    private static readonly BusinessCalendar s_calendar = new(
        "emea", "Europe/Berlin",
        [new WorkHours(DayOfWeek.Monday, "08:00", "12:00"), new WorkHours(DayOfWeek.Monday, "13:00", "17:00"), new WorkHours(DayOfWeek.Tuesday, "08:00", "17:00"), new WorkHours(DayOfWeek.Wednesday, "08:00", "17:00")],
        [new Holiday(new DateOnly(2026, 12, 25), "Christmas Day")],
        [new CloseWindow("Month-end close", 2) { LastDays = 2, FirstDays = 3 }, new CloseWindow("Year-end close", 3) { From = new DateOnly(2026, 12, 20), Until = new DateOnly(2027, 1, 10) }])
    {
        Label = "EMEA", Units = ["EMEA", "UK"],
    };

    [Fact]
    public void A_calendar_survives_being_edited_without_a_change()
    {
        var draft = CalendarDraft.Of(s_calendar);

        Assert.Null(draft.Fault());
        Assert.Equal(s_calendar.ToJson(), draft.ToCalendar().ToJson());
    }

    [Theory]
    [InlineData("25.12.2026 Christmas", "", "Holidays: \"25.12.2026 Christmas\" must begin with a day like 2026-12-25.")]
    [InlineData("", "2026-12-20 3 Close", "Dated windows: \"2026-12-20 3 Close\" must read like 2026-12-20 2027-01-10 3 Year-end close.")]
    public void A_line_that_cannot_be_read_is_named(string holidays, string dated, string fault)
    {
        var draft = CalendarDraft.Of(s_calendar);
        (draft.Holidays, draft.Dated) = (holidays, dated);

        Assert.Equal(fault, draft.Fault());
    }

    [Fact]
    public void Days_with_the_same_hours_are_said_together() =>
        Assert.Equal("Mon 08:00-12:00 13:00-17:00, Tue to Wed 08:00-17:00", CalendarWords.Week(s_calendar));
}
