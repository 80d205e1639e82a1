using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>The caller's draft of the rule book; the present book, where they have none.</summary>
public sealed record ShowDraft(Actor Actor) : IRequest<Outcome<DraftView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Rules">In order.</param>
/// <param name="Says">Each rule as a sentence, in the same order.</param>
/// <param name="BasedOn">The version that it began from.</param>
/// <param name="Current">The version in force; another one than <paramref name="BasedOn"/>: the book was changed since.</param>
/// <param name="Exists">There is a draft; else this is the book itself.</param>
/// <param name="Changes">What differs from the book in force, in words.</param>
public sealed record DraftView(
    IReadOnlyList<BookRule> Rules, IReadOnlyList<string> Says, int BasedOn, int Current, bool Exists, DateTimeOffset? UpdatedAt, IReadOnlyList<string> Changes);

/// <summary>Writes the caller's draft. It decides nothing until it is published.</summary>
/// <param name="Rules">The whole book, in order. A rule without a known id is a new one.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SetDraft(IReadOnlyList<BookRule> Rules, Actor Actor) : IRequest<Outcome<DraftView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <summary>Throws the caller's draft away.</summary>
public sealed record DropDraft(Actor Actor) : IRequest<Outcome<DraftView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <summary>Puts the caller's draft in force, under the next number.</summary>
/// <param name="Over">The version in force that the caller saw: one that was published since is not overwritten unseen.</param>
/// <param name="Note">Why; required.</param>
/// <param name="Actor">Who asks.</param>
public sealed record PublishDraft(int Over, string Note, Actor Actor) : IRequest<Outcome<BookPublished>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <summary>Takes back what was published: an earlier content comes in force again, under the next number.</summary>
/// <param name="Version">Whose content comes back.</param>
/// <param name="Over">The version in force that the caller saw.</param>
/// <param name="Note">Why; required.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TakeBack(int Version, int Over, string Note, Actor Actor) : IRequest<Outcome<BookPublished>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <summary>What was published, latest first, with what each changed.</summary>
public sealed record ListBookVersions(Actor Actor) : IRequest<Outcome<BookVersionList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Total">Of all there ever were; the list has the latest hundred.</param>
public sealed record BookVersionList(IReadOnlyList<BookVersionRow> Items, int Total);

/// <param name="BroughtBack">The version whose content it brought back.</param>
/// <param name="Rules">How many.</param>
/// <param name="Changes">What it changed, in words.</param>
public sealed record BookVersionRow(int Version, DateTimeOffset At, string By, string Note, int? BroughtBack, int Rules, IReadOnlyList<string> Changes);

internal sealed class ShowDraftHandler(DraftDesk desk) : IRequestHandler<ShowDraft, Outcome<DraftView>>
{
    public async Task<Outcome<DraftView>> Handle(ShowDraft request, CancellationToken cancellationToken) => await desk.View(request.Actor, cancellationToken);
}

internal sealed class SetDraftHandler(OpsDb db, RuleDesk rules, DraftDesk desk) : IRequestHandler<SetDraft, Outcome<DraftView>>
{
    public async Task<Outcome<DraftView>> Handle(SetDraft request, CancellationToken cancellationToken)
    {
        if (await rules.Wrong(request.Rules, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        var draft = await db.BookDrafts.SingleOrDefaultAsync(d => d.OwnerId == request.Actor.Id, cancellationToken);
        if (draft is null)
        {
            draft = new BookDraft { OwnerId = request.Actor.Id, BasedOn = await rules.Latest(cancellationToken), Rules = "", UpdatedAt = rules.Now };
            db.BookDrafts.Add(draft);
        }

        (draft.Rules, draft.UpdatedAt) = (BookRule.ToJson(request.Rules), rules.Now);
        var saved = await db.CommitWith(0, cancellationToken);
        return saved.Accepted ? await desk.View(request.Actor, cancellationToken) : saved.Refusal;
    }
}

internal sealed class DropDraftHandler(OpsDb db, DraftDesk desk) : IRequestHandler<DropDraft, Outcome<DraftView>>
{
    public async Task<Outcome<DraftView>> Handle(DropDraft request, CancellationToken cancellationToken)
    {
        await db.BookDrafts.Where(d => d.OwnerId == request.Actor.Id).ExecuteDeleteAsync(cancellationToken);
        return await desk.View(request.Actor, cancellationToken);
    }
}

internal sealed class PublishDraftHandler(OpsDb db, RuleDesk rules) : IRequestHandler<PublishDraft, Outcome<BookPublished>>
{
    public async Task<Outcome<BookPublished>> Handle(PublishDraft request, CancellationToken cancellationToken)
    {
        if (request.Note.Trim().Length is 0 or > Columns.Sentence)
        {
            return Refusal.Invalid("note", "must say why, for those who read the versions later");
        }

        var draft = await db.BookDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.OwnerId == request.Actor.Id, cancellationToken);
        if (draft is null)
        {
            return Refusal.Conflict("rules.no-draft", "You have no draft to publish.");
        }

        return await rules.Publish(
            BookRule.FromJson(draft.Rules), request.Over, request.Note.Trim(), null, request.Actor,
            () => db.BookDrafts.Where(d => d.OwnerId == draft.OwnerId).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }
}

internal sealed class TakeBackHandler(OpsDb db, RuleDesk rules) : IRequestHandler<TakeBack, Outcome<BookPublished>>
{
    public async Task<Outcome<BookPublished>> Handle(TakeBack request, CancellationToken cancellationToken)
    {
        if (request.Note.Trim().Length is 0 or > Columns.Sentence)
        {
            return Refusal.Invalid("note", "must say why, for those who read the versions later");
        }

        if (await db.BookVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Version == request.Version, cancellationToken) is not { } version)
        {
            return Refusal.NotFound($"Version {request.Version} of the rule book");
        }

        return version.Version == request.Over
            ? Refusal.Conflict("rules.in-force", $"Version {version.Version} is in force already.")
            : await rules.Publish(BookRule.FromJson(version.Rules), request.Over, request.Note.Trim(), version.Version, request.Actor, () => Task.CompletedTask, cancellationToken);
    }
}

internal sealed class ListBookVersionsHandler(OpsDb db, DraftDesk desk) : IRequestHandler<ListBookVersions, Outcome<BookVersionList>>
{
    private const int Most = 100;

    public async Task<Outcome<BookVersionList>> Handle(ListBookVersions request, CancellationToken cancellationToken)
    {
        var rows = await db.BookVersions.AsNoTracking().OrderByDescending(v => v.Version).Take(Most + 1).ToListAsync(cancellationToken);
        var books = rows.ConvertAll(row => BookRule.FromJson(row.Rules));
        return new BookVersionList(
            [.. rows.Take(Most).Select((row, i) => new BookVersionRow(
                row.Version, row.At, row.By, row.Note, row.BroughtBack, books[i].Count, i + 1 < rows.Count ? desk.Changes(books[i + 1], books[i]) : []))],
            await db.BookVersions.CountAsync(cancellationToken));
    }
}
