using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Calendars;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Calendars;

/// <summary>Business calendars. Due times that are reckoned by one follow when it is set.</summary>
internal static class CalendarsEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var calendars = app.MapGroup("/api/v1/calendars").WithTags("Calendars").AddEndpointFilter<IdempotentAnswers>();

        calendars.MapGet("/", List).WithSummary("Lists the business calendars").RequireAuthorization(nameof(Right.ReadCases));
        calendars.MapPut("/{name}", Set)
            .WithSummary("Sets a business calendar")
            .WithDescription("An IANA time zone, the hours of the week, holidays, and windows of a period's close in which an hour counts for more. `If-Match` names the version that was seen. Due times reckoned by it follow.")
            .RequireAuthorization(nameof(Right.ManageRules));
        calendars.MapGet("/{name}/versions", Versions).WithSummary("What a calendar said before, latest first").RequireAuthorization(nameof(Right.ReadCases));
        calendars.MapPost("/try", Try).WithSummary("Reckons by a calendar that need not be kept yet").RequireAuthorization(nameof(Right.ReadCases));
    }

    private static async Task<Results<Ok<CalendarList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListCalendars(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CalendarRow>, ProblemHttpResult>> Set(
        string name, CalendarBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        http.IfMatch() is { Value: { } seen }
            ? (await mediator.Send(new SetCalendar(body.ToCalendar(name), seen.Version, body.Note ?? "", actor), cancellationToken)).ToHttp()
            : http.IfMatch().Refusal!.ToProblem();

    private static async Task<Results<Ok<CalendarVersionList>, ProblemHttpResult>> Versions(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListCalendarVersions(name, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CalendarTried>, ProblemHttpResult>> Try(TryBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        body.Calendar is { } calendar
            ? (await mediator.Send(new TryCalendar(calendar.ToCalendar("try"), body.From, body.Hours, actor), cancellationToken)).ToHttp()
            : Refusal.Invalid("calendar", "must be given: {\"zone\": \"Europe/Berlin\", \"week\": […]}").ToProblem();

    internal sealed record CalendarBody(
        string Zone, IReadOnlyList<WorkHours>? Week, IReadOnlyList<Holiday>? Holidays, IReadOnlyList<CloseWindow>? Closes, string? Label, IReadOnlyList<string>? Units, string? Note)
    {
        public BusinessCalendar ToCalendar(string name) => new(name, Zone, Week ?? [], Holidays ?? [], Closes ?? []) { Label = Label, Units = Units ?? [] };
    }

    internal sealed record TryBody(CalendarBody? Calendar, DateTimeOffset? From, double Hours);
}
