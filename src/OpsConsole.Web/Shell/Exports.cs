using OpsConsole.Audit;

namespace OpsConsole.Web.Shell;

/// <summary>Writes down who takes a file away, before it is given. In the present, whatever moment the file tells of.</summary>
internal sealed class Exports(IServiceScopeFactory scopes)
{
    /// <returns>Why the file must not be given, when that could not be written down.</returns>
    public async Task<Refusal?> Note(HttpContext http, string what, long rows, Actor actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var filter = Uri.UnescapeDataString(http.Request.QueryString.Value?.TrimStart('?') ?? "");
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new NoteExport(what, filter, rows, actor), cancellationToken)).Refusal;
    }
}
