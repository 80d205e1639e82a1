using System.Text.RegularExpressions;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Outgoing;
using OpsConsole.Storage;

namespace OpsConsole.Notify;

/// <summary>The registered chat web-hooks, without their addresses, and how their last letters went.</summary>
public sealed record ListChatHooks(Actor Actor) : IRequest<Outcome<ChatHookList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record ChatHookList(IReadOnlyList<ChatHookRow> Items);

/// <param name="Host">Of the address; the rest of it is a secret.</param>
/// <param name="SentAt">When something was posted there last.</param>
/// <param name="Fault">Why the latest letter did not get through, when it did not.</param>
public sealed record ChatHookRow(string Name, string Label, string Host, bool Disabled, DateTimeOffset? SentAt, string? Fault);

/// <summary>Registers a chat web-hook or changes it.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
/// <param name="Body">What it is.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SaveChatHook(string Name, ChatHookBody Body, Actor Actor) : IRequest<Outcome<ChatHookRow>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Label">As people read it.</param>
/// <param name="Url">The address; absent: the present one stays.</param>
public sealed record ChatHookBody(string Label, string? Url = null, bool Disabled = false);

/// <summary>Takes a chat web-hook away. What was on its way there is not sent.</summary>
public sealed record DeleteChatHook(string Name, Actor Actor) : IRequest<Outcome<ChatHookList>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

internal sealed class ListChatHooksHandler(OpsDb db) : IRequestHandler<ListChatHooks, Outcome<ChatHookList>>
{
    public async Task<Outcome<ChatHookList>> Handle(ListChatHooks request, CancellationToken cancellationToken) => await Read(db, cancellationToken);

    internal static async Task<ChatHookList> Read(OpsDb db, CancellationToken cancellationToken)
    {
        var hooks = await db.ChatHooks.AsNoTracking().OrderBy(hook => hook.Name).ToListAsync(cancellationToken);
        var rows = new List<ChatHookRow>();
        foreach (var hook in hooks)
        {
            var recipient = Notice.ToChat(hook.Name);
            var last = await db.NoticeLetters.AsNoTracking().Where(l => l.Recipient == recipient).OrderByDescending(l => l.MadeAt).FirstOrDefaultAsync(cancellationToken);
            rows.Add(new ChatHookRow(hook.Name, hook.Label, hook.Host, hook.Disabled, last?.SentAt, last?.Fault));
        }

        return new ChatHookList(rows);
    }
}

internal sealed partial class SaveChatHookHandler(OpsDb db, ISecretBox box, OutgoingRules outgoing, TimeProvider clock, WorkSignals bells) : IRequestHandler<SaveChatHook, Outcome<ChatHookRow>>
{
    public async Task<Outcome<ChatHookRow>> Handle(SaveChatHook request, CancellationToken cancellationToken)
    {
        var hook = await db.ChatHooks.SingleOrDefaultAsync(h => h.Name == request.Name, cancellationToken);
        if (Fault(request.Name, request.Body, hook is null) is { } fault)
        {
            return fault;
        }

        var (now, body) = (clock.GetUtcNow(), request.Body);
        if (hook is null)
        {
            hook = new ChatHook { Name = request.Name, Label = body.Label, ProtectedUrl = "", Host = "", UpdatedAt = now, UpdatedBy = request.Actor.Name };
            db.ChatHooks.Add(hook);
        }

        (hook.Label, hook.Disabled, hook.UpdatedAt, hook.UpdatedBy) = (body.Label.Trim(), body.Disabled, now, request.Actor.Name);
        if (body.Url is { Length: > 0 } url)
        {
            (hook.ProtectedUrl, hook.Host) = (box.Protect(url), new Uri(url).Authority);
        }

        db.Audit.Add(AuditEntry.Of(request.Actor, "chat-hook.save", $"chat web-hook {hook.Name}", $"{hook.Host}{(hook.Disabled ? ", switched off" : "")}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(new ChatHookRow(hook.Name, hook.Label, hook.Host, hook.Disabled, null, null), cancellationToken);
        bells.Changes.Ring();
        return saved;
    }

    private Refusal? Fault(string name, ChatHookBody body, bool isNew) =>
        !Name().IsMatch(name) ? Refusal.Invalid("name", "must match [a-z][a-z0-9-]{0,63}")
        : string.IsNullOrWhiteSpace(body.Label) || body.Label.Length > 120 ? Refusal.Invalid("label", "must have 1 to 120 characters")
        : body.Url is not { Length: > 0 } ? isNew ? Refusal.Invalid("url", "must be given for a new one") : null
        : body.Url.Length > 2_000 || !Uri.TryCreate(body.Url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            ? Refusal.Invalid("url", "must be an absolute https address without a user name")
        : outgoing.WhyNot(uri) is { } no ? Refusal.Invalid("url", no)
        : null;

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}

internal sealed class DeleteChatHookHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<DeleteChatHook, Outcome<ChatHookList>>
{
    public async Task<Outcome<ChatHookList>> Handle(DeleteChatHook request, CancellationToken cancellationToken)
    {
        if (await db.ChatHooks.SingleOrDefaultAsync(hook => hook.Name == request.Name, cancellationToken) is not { } hook)
        {
            return Refusal.NotFound("The web-hook");
        }

        var now = clock.GetUtcNow();
        db.ChatHooks.Remove(hook);
        db.Audit.Add(AuditEntry.Of(request.Actor, "chat-hook.delete", $"chat web-hook {hook.Name}", hook.Host, now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        await db.SaveChangesAsync(cancellationToken);
        bells.Changes.Ring();
        return await ListChatHooksHandler.Read(db, cancellationToken);
    }
}
