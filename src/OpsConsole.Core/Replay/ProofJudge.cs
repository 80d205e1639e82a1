using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Replay.Targets;

namespace OpsConsole.Replay;

/// <summary>Whether what a target holds proves that what was sent has arrived there. Pure.</summary>
internal static class ProofJudge
{
    /// <returns>True with the evidence, or false with what was seen instead; the values of fields that the veil hides are not told.</returns>
    public static (bool Proven, string Seen) Judge(string target, ExceptionCase @case, Holding holding, string payload, FieldVeil? veil = null)
    {
        if (!holding.Answered || !holding.Exists)
        {
            return (false, holding.Answered ? $"{target} does not have {@case.ObjectType} {@case.ObjectId}" : holding.Fault ?? "no answer");
        }

        if (HeldObject.Read(holding.Body) is not { } held)
        {
            return (false, $"{target} answered something that is not a JSON object");
        }

        if (held.IsRefused)
        {
            return (false, $"{target} shows it as {held.State}");
        }

        var compared = held.Compare(payload);
        var differing = compared.Where(field => !HeldObject.Same(field)).ToList();
        if (differing.Count > 0)
        {
            return (false, $"{target} holds another {string.Join(", ", differing.Select(field => veil?.Hides(field.Name) is true ? field.Name : $"{field.Name} ({field.Present ?? "empty"})"))}");
        }

        return compared.Count == 0 && held.State is null
            ? (false, $"{target} shows nothing that could be compared")
            : (true, $"Read back: {target} holds {@case.ObjectType} {@case.ObjectId}{(held.State is { } state ? $" as {state}" : "")}, {compared.Count} of {compared.Count} fields as sent");
    }
}
