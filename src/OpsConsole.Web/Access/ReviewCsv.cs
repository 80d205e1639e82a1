using System.Text;
using OpsConsole.Rights;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>The access review as a file for a spreadsheet.</summary>
internal static class ReviewCsv
{
    public static void MapReviewCsv(this IEndpointRouteBuilder app) =>
        app.MapGet("/access/review.csv", Download).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadAudit)).ExcludeFromDescription();

    private static async Task<IResult> Download(DateOnly? on, Actor actor, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = await mediator.Send(new ExportAccess(on ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), actor), cancellationToken);
        return asked.Value is { } review ? Results.File(Text(review), "text/csv; charset=utf-8", $"access-{review.At:yyyy-MM-dd}.csv") : asked.Refusal!.ToProblem();
    }

    private static byte[] Text(AccessReview review)
    {
        var lines = new StringBuilder(CsvText.Line("kind", "name", "e-mail or key", "roles or scopes", "units", "mandate", "since", "by", "until", "conflicts or reason", "remark"));
        foreach (var person in review.People)
        {
            lines.Append(CsvText.Line("account", person.Name, person.Email, person.Disabled ? "closed" : string.Join(", ", person.Grant.Roles), person.Grant.Where, person.Grant.Mandate, person.Since, person.By, null, string.Join("; ", person.Conflicts), person.InSpite));
        }

        foreach (var one in review.Emergencies)
        {
            lines.Append(CsvText.Line("emergency access", one.Name, null, string.Join(", ", one.Grant.Roles), one.Grant.Where, null, one.From, one.GivenBy, one.Until, one.Reason, one.ReviewedBy is { } by ? $"reviewed by {by}" : "not reviewed"));
        }

        foreach (var key in review.Keys)
        {
            lines.Append(CsvText.Line("key", key.Source, key.Tail, key.Scopes, key.Units, null, key.CreatedAt, null, key.ExpiresAt, null, key.UsedAt is { } used ? $"last used {used:yyyy-MM-dd}" : "never used"));
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines.ToString())];
    }
}
