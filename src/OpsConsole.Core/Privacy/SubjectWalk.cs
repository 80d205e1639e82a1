using System.Text;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Replay;
using OpsConsole.Storage;
using OpsConsole.Storage.Past;

namespace OpsConsole.Privacy;

/// <summary>
/// Goes through everything that may name a person: once to say where, once to erase. Facts are read whole, because data is stored as its sender wrote it; of telemetry what the
/// database finds. Former rows of what was changed go, so that nobody reads of before what is erased.
/// </summary>
internal sealed class SubjectWalk(OpsDb db, ContractShelf shelf, IReadOnlyList<string> values, byte[] key, bool erase)
{
    private readonly SubjectText _text = new(values, key);
    private readonly Dictionary<string, VeiledFields> _fields = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _held = new(StringComparer.Ordinal);
    private HashSet<Guid> _heldObjects = [];

    public async Task<SubjectFound> Run(CancellationToken cancellationToken)
    {
        _heldObjects = await HeldObjects(cancellationToken);
        var events = await Events(cancellationToken);
        var objects = await Objects(cancellationToken);
        var exceptions = await Exceptions(cancellationToken);
        return new SubjectFound(objects, exceptions, await Payloads(cancellationToken), events, await Telemetry(cancellationToken), [.. _held]);
    }

    private async Task<VeiledFields> Fields(string type, CancellationToken cancellationToken)
    {
        if (!_fields.TryGetValue(type, out var known))
        {
            _fields[type] = known = await VeiledFields.Of(db, shelf, type.Length == 0 ? null : type, FieldClasses.Personal, cancellationToken);
        }

        return known;
    }

    private async Task<HashSet<Guid>> HeldObjects(CancellationToken cancellationToken)
    {
        var holds = db.LegalHolds.Where(h => h.EndedAt == null);
        return [.. await db.Objects.Where(o => holds.Any(h => h.ObjectKey == o.Key || (h.Unit == o.Unit && h.From <= o.ReceivedAt && o.FirstAt < h.Until))).Select(o => o.Key)
            .Union(db.Cases.Where(c => holds.Any(h => h.CaseId == c.Id || h.ObjectKey == c.ObjectKey || (h.Unit == c.Unit && c.OpenedAt < h.Until && (c.EndedAt == null || h.From <= c.EndedAt)))).Select(c => c.ObjectKey))
            .ToListAsync(cancellationToken)];
    }

    private bool IsHeld(Guid key, string name)
    {
        if (_heldObjects.Contains(key))
        {
            _held.Add(name);
        }

        return _heldObjects.Contains(key);
    }

    private async Task<int> Events(CancellationToken cancellationToken)
    {
        var found = new List<(byte[] Key, Guid Spoken, string Name, byte[] Data, string? Attributes, string? Message)>();
        await foreach (var e in db.Events.AsNoTracking().Select(e => new { e.Key, e.SpokenKey, e.EntityType, e.EntityId, e.Data, e.Attributes, e.ErrorMessage }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var fields = _fields.GetValueOrDefault(e.EntityType) ?? await Unread(e.EntityType);
            var said = Encoding.UTF8.GetString(e.Data);
            var (data, attributes, message) = (_text.Of(said, fields), _text.Of(e.Attributes, fields), _text.Said(e.ErrorMessage));
            if ((data ?? attributes ?? message) is not null)
            {
                found.Add((e.Key, e.SpokenKey, $"{e.EntityType} {e.EntityId}", Encoding.UTF8.GetBytes(data ?? said), attributes ?? e.Attributes, message ?? e.ErrorMessage));
            }
        }

        var meant = await ObjectNames.Resolve(db, [.. found.Select(one => one.Spoken).Distinct()], cancellationToken);
        found.RemoveAll(one => IsHeld(meant.GetValueOrDefault(one.Spoken)?.Key ?? one.Spoken, one.Name));
        foreach (var one in erase ? found : [])
        {
            await db.Events.Where(e => e.Key == one.Key).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.Data, one.Data).SetProperty(e => e.Attributes, one.Attributes).SetProperty(e => e.ErrorMessage, one.Message), cancellationToken);
        }

        return found.Count;

        // While the events stream over the connection no other question can be asked on it.
        async Task<VeiledFields> Unread(string type)
        {
            await using var beside = db.Beside();
            return _fields[type] = await VeiledFields.Of(beside, shelf, type, FieldClasses.Personal, cancellationToken);
        }
    }

    private async Task<int> Objects(CancellationToken cancellationToken)
    {
        var named = new HashSet<Guid>();
        foreach (var state in await (from s in db.ObjectStates.AsNoTracking() join o in db.Objects on s.ObjectKey equals o.Key where s.Attributes != null || s.ErrorMessage != null
                                     select new { s.ObjectKey, s.System, o.Type, o.Id, s.Attributes, s.ErrorMessage }).ToListAsync(cancellationToken))
        {
            var (attributes, message) = (_text.Of(state.Attributes, await Fields(state.Type, cancellationToken)), _text.Said(state.ErrorMessage));
            if ((attributes ?? message) is not null && !IsHeld(state.ObjectKey, $"{state.Type} {state.Id}"))
            {
                named.Add(state.ObjectKey);
                if (erase)
                {
                    await db.ObjectStates.Where(s => s.ObjectKey == state.ObjectKey && s.System == state.System).ExecuteUpdateAsync(
                        set => set.SetProperty(s => s.Attributes, attributes ?? state.Attributes).SetProperty(s => s.ErrorMessage, message ?? state.ErrorMessage), cancellationToken);
                    await Forget<ObjectState>(nameof(ObjectState.ObjectKey), state.ObjectKey, cancellationToken);
                }
            }
        }

        foreach (var one in (await db.Objects.AsNoTracking().Where(o => o.Label != null).Select(o => new { o.Key, o.Type, o.Id, o.Label }).ToListAsync(cancellationToken))
            .Where(one => _text.Alone(one.Label) is not null && !IsHeld(one.Key, $"{one.Type} {one.Id}")))
        {
            named.Add(one.Key);
            if (erase)
            {
                await db.Objects.Where(o => o.Key == one.Key).ExecuteUpdateAsync(set => set.SetProperty(o => o.Label, SubjectText.Erased), cancellationToken);
                await db.Transactions.Where(t => t.LeadKey == one.Key && t.Label == one.Label).ExecuteUpdateAsync(set => set.SetProperty(t => t.Label, SubjectText.Erased), cancellationToken);
                await Forget<BusinessObject>(nameof(BusinessObject.Key), one.Key, cancellationToken);
                await Forget<Transaction>(nameof(Transaction.LeadKey), one.Key, cancellationToken);
            }
        }

        return named.Count;
    }

    private async Task<int> Exceptions(CancellationToken cancellationToken)
    {
        var named = new HashSet<Guid>();
        foreach (var c in await db.Cases.AsNoTracking().Where(c => c.ObjectLabel != null || c.ErrorMessage != null).Select(c => new { c.Id, c.Number, c.ObjectKey, c.ObjectLabel, c.ErrorMessage }).ToListAsync(cancellationToken))
        {
            var (label, message) = (_text.Alone(c.ObjectLabel), _text.Said(c.ErrorMessage));
            if ((label ?? message) is not null && !IsHeld(c.ObjectKey, $"EX-{c.Number}"))
            {
                named.Add(c.Id);
                await Rewrite(c.Id, label ?? c.ObjectLabel, message ?? c.ErrorMessage, cancellationToken);
            }
        }

        foreach (var step in await (from s in db.CaseSteps.AsNoTracking() join c in db.Cases on s.CaseId equals c.Id select new { s.CaseId, s.Version, s.Reason, c.ObjectKey, c.Number }).ToListAsync(cancellationToken))
        {
            if (_text.Said(step.Reason) is { } reason && !IsHeld(step.ObjectKey, $"EX-{step.Number}"))
            {
                named.Add(step.CaseId);
                if (erase)
                {
                    await db.CaseSteps.Where(s => s.CaseId == step.CaseId && s.Version == step.Version).ExecuteUpdateAsync(set => set.SetProperty(s => s.Reason, reason), cancellationToken);
                    await Forget<CaseStep>(nameof(CaseStep.CaseId), step.CaseId, cancellationToken);
                }
            }
        }

        return named.Count;
    }

    private async Task Rewrite(Guid id, string? label, string? message, CancellationToken cancellationToken)
    {
        if (erase)
        {
            await db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ObjectLabel, label).SetProperty(c => c.ErrorMessage, message), cancellationToken);
            await db.Signals.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ObjectLabel, label).SetProperty(s => s.ErrorMessage, message), cancellationToken);
            await Forget<ExceptionCase>(nameof(ExceptionCase.Id), id, cancellationToken);
            await Forget<ExceptionSignal>(nameof(ExceptionSignal.Id), id, cancellationToken);
        }
    }

    private async Task<int> Payloads(CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var version in await (from p in db.PayloadVersions.AsNoTracking() join c in db.Cases on p.CaseId equals c.Id
                                       select new { p.CaseId, p.Version, p.Body, p.Note, c.ObjectKey, c.ObjectType, c.Number }).ToListAsync(cancellationToken))
        {
            var (body, note) = (_text.Of(version.Body, await Fields(version.ObjectType, cancellationToken)), _text.Said(version.Note));
            if ((body ?? note) is not null && !IsHeld(version.ObjectKey, $"EX-{version.Number}"))
            {
                found++;
                if (erase)
                {
                    await db.PayloadVersions.Where(p => p.CaseId == version.CaseId && p.Version == version.Version)
                        .ExecuteUpdateAsync(set => set.SetProperty(p => p.Body, body ?? version.Body).SetProperty(p => p.Note, note ?? version.Note), cancellationToken);
                    await db.RepairDrafts.Where(d => d.CaseId == version.CaseId).ExecuteDeleteAsync(cancellationToken);
                    await Forget<PayloadVersion>(nameof(PayloadVersion.CaseId), version.CaseId, cancellationToken);
                }
            }
        }

        return found;
    }

    private async Task<int> Telemetry(CancellationToken cancellationToken)
    {
        var (fields, found) = (await Fields("", cancellationToken), 0);
        foreach (var value in values)
        {
            var like = "%" + Cursor.Beginning(value);
            foreach (var span in await db.Spans.AsNoTracking().Where(s => EF.Functions.Like(s.Attributes, like, "\\") || EF.Functions.Like(s.Resource, like, "\\"))
                .Select(s => new { s.Day, s.TraceId, s.SpanId, s.Attributes, s.Resource }).ToListAsync(cancellationToken))
            {
                var (attributes, resource) = (_text.Of(span.Attributes, fields), _text.Of(span.Resource, fields));
                found += (attributes ?? resource) is null ? 0 : 1;
                if (erase && (attributes ?? resource) is not null)
                {
                    await db.Spans.Where(s => s.Day == span.Day && s.TraceId == span.TraceId && s.SpanId == span.SpanId)
                        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Attributes, attributes ?? span.Attributes).SetProperty(s => s.Resource, resource ?? span.Resource), cancellationToken);
                }
            }

            foreach (var log in await db.Logs.AsNoTracking().Where(l => EF.Functions.Like(l.Attributes, like, "\\") || (l.Body != null && EF.Functions.Like(l.Body, like, "\\")))
                .Select(l => new { l.Day, l.Key, l.Attributes, l.Body }).ToListAsync(cancellationToken))
            {
                var (attributes, body) = (_text.Of(log.Attributes, fields), _text.Said(log.Body));
                found += (attributes ?? body) is null ? 0 : 1;
                if (erase && (attributes ?? body) is not null)
                {
                    await db.Logs.Where(l => l.Day == log.Day && l.Key == log.Key).ExecuteUpdateAsync(set => set.SetProperty(l => l.Attributes, attributes ?? log.Attributes).SetProperty(l => l.Body, body ?? log.Body), cancellationToken);
                }
            }
        }

        return found;
    }

    private Task<int> Forget<T>(string column, Guid key, CancellationToken cancellationToken) => db.Dialect.ForgetRows(db, Kept.TableOf(db, typeof(T)), column, key, cancellationToken);
}
