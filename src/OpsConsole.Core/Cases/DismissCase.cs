namespace OpsConsole.Cases;

/// <summary>Ends an exception without a repair, with a reason from the short list and a sentence of one's own.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Code">One of <see cref="DismissReasons"/>.</param>
/// <param name="Text">Why, so that an auditor understands it.</param>
/// <param name="Actor">Who asks.</param>
public sealed record DismissCase(Guid CaseId, int? Version, string Code, string Text, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

/// <summary>Why an exception may be dismissed.</summary>
public static class DismissReasons
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["settled-elsewhere"] = "Settled outside the console",
        ["not-an-error"] = "Not an error",
        ["duplicate"] = "Another exception covers it",
        ["test-data"] = "Test data",
        ["accepted"] = "Accepted as it is",
    };
}

internal sealed class DismissCaseHandler(CaseDesk desk) : IRequestHandler<DismissCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(DismissCase request, CancellationToken cancellationToken)
    {
        if (!DismissReasons.All.TryGetValue(request.Code, out var label))
        {
            return Refusal.Invalid("code", $"must be one of {string.Join(", ", DismissReasons.All.Keys)}");
        }

        var text = request.Text.Trim();
        if (text.Length is < 3 or > 400)
        {
            return Refusal.Invalid("text", "must say why, in 3 to 400 characters");
        }

        var reason = $"{label}: {text}";
        return await desk.Take(
            new CaseStepAsked(request.CaseId, request.Version, CaseAction.Dismiss, request.Actor, reason), cancellationToken, also: c => (c.Ending, c.DismissCode) = (reason, request.Code));
    }
}
