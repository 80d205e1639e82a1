using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Links an exception with a ticket or a thread elsewhere.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Url">An absolute https address without a user name.</param>
/// <param name="Title">As people read it; empty: its host and last part.</param>
/// <param name="Actor">Who asks.</param>
public sealed record LinkTicket(Guid CaseId, string Url, string Title, Actor Actor) : IRequest<Outcome<TicketRow>>, IGuarded
{
    public const int Most = 20;

    public Right Needs => Right.WorkCases;
}

/// <summary>Takes the link away again.</summary>
public sealed record UnlinkTicket(Guid CaseId, Guid TicketId, Actor Actor) : IRequest<Outcome<TicketRow>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <param name="Host">Where it leads, so that nobody is surprised.</param>
public sealed record TicketRow(Guid Id, string Url, string Host, string Title, string By, DateTimeOffset At)
{
    internal static TicketRow Of(CaseTicket ticket) => new(ticket.Id, ticket.Url, new Uri(ticket.Url).Host, ticket.Title, ticket.ByName, ticket.At);
}

internal sealed class LinkTicketHandler(OpsDb db, CaseDesk desk) : IRequestHandler<LinkTicket, Outcome<TicketRow>>
{
    public async Task<Outcome<TicketRow>> Handle(LinkTicket request, CancellationToken cancellationToken)
    {
        if (request.Url.Length > 2048 || !Uri.TryCreate(request.Url.Trim(), UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
        {
            return Refusal.Invalid("url", "must be an absolute https address without a user name");
        }

        if (request.Title.Length > 120)
        {
            return Refusal.Invalid("title", "must have at most 120 characters");
        }

        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (await db.CaseTickets.CountAsync(t => t.CaseId == @case.Id, cancellationToken) >= LinkTicket.Most)
        {
            return Refusal.Conflict("ticket.too-many", $"It has {LinkTicket.Most} links already. Take one away first.");
        }

        var ticket = new CaseTicket
        {
            Id = Guid.CreateVersion7(desk.Now), CaseId = @case.Id, Url = uri.AbsoluteUri, Title = request.Title.Trim() is { Length: > 0 } title ? title : Named(uri),
            ByName = request.Actor.Name, At = desk.Now,
        };
        db.CaseTickets.Add(ticket);
        return await desk.Keep(@case, "case.link", $"{ticket.Title} {ticket.Url}", request.Actor, TicketRow.Of(ticket), cancellationToken);
    }

    // ".../browse/FIN-2211" is FIN-2211.
    private static string Named(Uri uri) => uri.Segments.LastOrDefault()?.Trim('/') is { Length: > 0 and <= 60 } last ? Uri.UnescapeDataString(last) : uri.Host;
}

internal sealed class UnlinkTicketHandler(OpsDb db, CaseDesk desk) : IRequestHandler<UnlinkTicket, Outcome<TicketRow>>
{
    public async Task<Outcome<TicketRow>> Handle(UnlinkTicket request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var ticket = await db.CaseTickets.SingleOrDefaultAsync(t => t.Id == request.TicketId && t.CaseId == @case.Id, cancellationToken);
        if (ticket is null)
        {
            return Refusal.NotFound("The link");
        }

        db.CaseTickets.Remove(ticket);
        return await desk.Keep(@case, "case.unlink", $"{ticket.Title} {ticket.Url}", request.Actor, TicketRow.Of(ticket), cancellationToken);
    }
}
