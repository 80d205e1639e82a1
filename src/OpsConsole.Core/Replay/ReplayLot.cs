using System.Diagnostics;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>One replay that this node holds, with everything that its send needs; or why it is not sent.</summary>
/// <param name="Id">The replay.</param>
/// <param name="What">The send; nothing: it is not sent.</param>
/// <param name="Asked">The exception as it was when the send was prepared.</param>
/// <param name="Refused">Why it is never sent.</param>
/// <param name="Parent">The exception that must end first.</param>
internal sealed record Prepared(Guid Id, Sending? What, Asked? Asked, string? Refused = null, Parent? Parent = null)
{
    /// <summary>Over what a contract hides from anybody: a target's answer may repeat it, and who will read that nobody knows. Nothing: nothing is.</summary>
    public FieldVeil? Veil { get; init; }
}

/// <summary>Reads what a lot of replays needs: one look at each table, however many there are.</summary>
internal sealed class ReplayLot(OpsDb db, ContractShelf shelf, FieldSeal seal, ISecretBox box, TimeProvider clock)
{
    /// <param name="ids">The replays, in the order in which they are to be sent.</param>
    /// <param name="target">Where all of them go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Prepared>> Read(IReadOnlyList<Guid> ids, ReplayTarget target, CancellationToken cancellationToken)
    {
        var items = await db.ReplayItems.AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Number).ToListAsync(cancellationToken);
        var caseIds = items.ConvertAll(item => item.CaseId);
        var cases = await db.Cases.AsNoTracking().Where(c => caseIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var payloads = await Payload.Read(db, [.. items.Select(item => (cases[item.CaseId], item.PayloadVersion))], cancellationToken);
        var parents = await new Precedence(db).Parents([.. cases.Values], cancellationToken);
        var traces = await Traces(cases.Values, cancellationToken);
        var versions = await Versions(cases.Values, cancellationToken);
        var veils = await new RepairDesk(db, shelf, clock).Veils(cases.Values, FieldClasses.All, cancellationToken);
        var secret = target.ProtectedSecret is { } kept ? box.Unprotect(kept) : null;
        var prepared = new List<Prepared>(items.Count);
        foreach (var item in items)
        {
            var one = Prepare(item, cases[item.CaseId], payloads[item.CaseId], target, secret, parents, traces, versions);
            var what = one.What is { } sealedYet ? sealedYet with { Body = (await seal.Open(sealedYet.Body, cancellationToken))! } : null;
            prepared.Add(one with { What = what, Veil = veils.GetValueOrDefault(item.CaseId) });
        }

        var sent = prepared.Where(one => one.What is not null).Select(one => one.Id).ToList();
        await db.ReplayItems.Where(r => sent.Contains(r.Id) && r.State == ReplayState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, r => r.Attempts + 1), cancellationToken);
        return prepared;
    }

    private static Prepared Prepare(
        ReplayItem item, ExceptionCase @case, Payload payload, ReplayTarget target, string? secret,
        Dictionary<Guid, Parent> parents, Dictionary<string, byte[]> traces, Dictionary<(Guid, string), long?> versions)
    {
        var asked = new Asked(@case, versions.GetValueOrDefault((@case.ObjectKey, @case.System)));
        if (@case.State is not CaseState.Replaying)
        {
            return new Prepared(item.Id, null, asked, "it is no longer being replayed");
        }

        if (payload.Current is not { } body || Payload.Hash(body, target) != item.Hash)
        {
            return new Prepared(item.Id, null, asked, "the payload or its target changed after it was decided");
        }

        if (item.PayloadVersion != @case.PayloadVersion)
        {
            return new Prepared(item.Id, null, asked, "the message that failed last is another than the one that was repaired");
        }

        if (parents.GetValueOrDefault(@case.Id) is { } parent)
        {
            return new Prepared(item.Id, null, asked, Parent: parent);
        }

        var what = new Sending(
            @case.Id, item.Id, item.IdempotencyKey, item.Attempts + 1, body, payload.IsJson && Payload.JsonFault(body) is null, secret, Link(@case, traces), payload.Letter);
        return new Prepared(item.Id, what, asked);
    }

    private static ActivityContext? Link(ExceptionCase @case, Dictionary<string, byte[]> spans) =>
        @case.TraceId is { Length: 16 } trace && spans.GetValueOrDefault(Convert.ToHexString(trace)) is { Length: 8 } span
            ? new ActivityContext(ActivityTraceId.CreateFromBytes(trace), ActivitySpanId.CreateFromBytes(span), ActivityTraceFlags.Recorded, isRemote: true)
            : null;

    // The link needs a span of the old trace; without one that was received there is nothing to link to.
    private async Task<Dictionary<string, byte[]>> Traces(IEnumerable<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var traces = cases.Select(c => c.TraceId).OfType<byte[]>().Where(trace => trace.Length == 16).ToList();
        if (traces.Count == 0)
        {
            return [];
        }

        var spans = await db.Spans.AsNoTracking().Where(s => traces.Contains(s.TraceId)).Select(s => new { s.TraceId, s.SpanId, s.Failed }).ToListAsync(cancellationToken);
        return spans.GroupBy(span => Convert.ToHexString(span.TraceId)).ToDictionary(trace => trace.Key, trace => trace.OrderByDescending(span => span.Failed).First().SpanId, StringComparer.Ordinal);
    }

    private async Task<Dictionary<(Guid, string), long?>> Versions(IEnumerable<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var keys = cases.Select(c => c.ObjectKey).Distinct().ToList();
        var states = await db.ObjectStates.AsNoTracking().Where(s => keys.Contains(s.ObjectKey)).Select(s => new { s.ObjectKey, s.System, s.Version }).ToListAsync(cancellationToken);
        return states.ToDictionary(state => (state.ObjectKey, state.System), state => state.Version);
    }
}
