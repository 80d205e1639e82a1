using OpsConsole.Cases;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>One step on many exceptions, some hundred a request, with its progress. What was reached before it is stopped stays done and is told.</summary>
public sealed class TogetherRun(CircuitSender sender, Actor actor)
{
    private volatile bool _stopped;

    public int Done { get; private set; }

    public int Of { get; private set; }

    public void Stop() => _stopped = true;

    /// <param name="rows">As they were seen: what changed since is refused by name.</param>
    /// <param name="act">What is done, with what was asked for it.</param>
    /// <param name="told">Called after every request.</param>
    public async Task<ClaimedTogether> Run(IReadOnlyList<CaseRow> rows, TogetherAction action, CaseAct act, Action told)
    {
        Of = rows.Count;
        var items = new List<ClaimedItem>(rows.Count);
        foreach (var part in rows.Chunk(50))
        {
            if (_stopped)
            {
                items.AddRange(part.Select(row => Item(row, "Not tried: it was stopped before.")));
                continue;
            }

            var answer = await sender.Send(new ActTogether([.. part.Select(row => new TickedCase(row.Id, row.Version))], action, act.Reason, actor)
            {
                PersonId = act.PersonId, Until = act.Until, Code = act.Code,
            });
            items.AddRange(answer.Value is { } acted ? part.Zip(acted.Items, (row, item) => Item(row, item.Refusal)) : part.Select(row => Item(row, answer.Refusal!.Message)));
            Done += part.Length;
            told();
        }

        return new ClaimedTogether(items, ClaimedTogether.Word(action));
    }

    private static ClaimedItem Item(CaseRow row, string? refusal) => new(row.Name, $"{row.ObjectId} {row.ObjectLabel}", refusal);
}
