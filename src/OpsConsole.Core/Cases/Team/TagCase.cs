using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Puts words on an exception, in place of those that it had.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Tags">All that it shall have, at most <see cref="Most"/>; upper case and spaces are made plain.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TagCase(Guid CaseId, IReadOnlyList<string> Tags, Actor Actor) : IRequest<Outcome<Tagged>>, IGuarded
{
    public const int Most = 12;
    public const int Longest = 32;

    public Right Needs => Right.WorkCases;
}

public sealed record Tagged(IReadOnlyList<string> Tags);

internal sealed class TagCaseHandler(OpsDb db, CaseDesk desk) : IRequestHandler<TagCase, Outcome<Tagged>>
{
    public async Task<Outcome<Tagged>> Handle(TagCase request, CancellationToken cancellationToken)
    {
        var tags = request.Tags.Select(Plain).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (tags.Count > TagCase.Most || tags.Exists(tag => tag.Length > TagCase.Longest || !tag.All(letter => char.IsLetterOrDigit(letter) || letter is '-')))
        {
            return Refusal.Invalid("tags", $"must be at most {TagCase.Most}, each of letters, digits and hyphens, at most {TagCase.Longest} long");
        }

        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var known = await db.CaseTags.Where(t => t.CaseId == @case.Id).ToListAsync(cancellationToken);
        db.CaseTags.RemoveRange(known.Where(tag => !tags.Contains(tag.Tag)));
        db.CaseTags.AddRange(tags.Where(tag => !known.Exists(old => old.Tag == tag))
            .Select(tag => new CaseTag { CaseId = @case.Id, Tag = tag, ByName = request.Actor.Name, At = desk.Now }));
        return await desk.Keep(@case, "case.tag", tags.Count == 0 ? "no tags" : string.Join(", ", tags), request.Actor, new Tagged(tags), cancellationToken);
    }

    private static string Plain(string tag) => tag.Trim().TrimStart('#').ToLowerInvariant().Replace(' ', '-');
}
