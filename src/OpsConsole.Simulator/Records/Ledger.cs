using System.Text.Json.Nodes;

namespace OpsConsole.Simulator.Records;

/// <summary>
/// The records of one system and its table of idempotency keys. One lock guards both: of any number of equal requests at once, one writes and
/// the others get its answer. A refused request binds no key, so that a repaired body may come with the same one.
/// </summary>
internal sealed class Ledger(string service, Journal journal)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Type, string Id), LedgerRecord> _records = [];
    private readonly Dictionary<string, LedgerKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Says that a record has come in, to whoever waits for it.</summary>
    public event Action<string, string>? Recorded;

    public void Load()
    {
        lock (_gate)
        {
            foreach (var line in journal.Read<LedgerLine>(service))
            {
                _records[(line.Record.Type, line.Record.Id)] = line.Record;
                if (line.Key is { } key)
                {
                    _keys[key.Key] = key;
                }
            }
        }
    }

    /// <param name="check">The system's own rules, run under the lock: what they saw is still so when the record is written.</param>
    public LedgerAnswer Post(DocumentFacts facts, JsonObject body, LedgerCall call, Func<Ledger, LedgerRefusal?> check)
    {
        var hash = LedgerKey.HashOf(body);
        LedgerAnswer answer;
        lock (_gate)
        {
            if (call.Key is { } name && _keys.TryGetValue(name, out var known))
            {
                return Again(known, hash, call);
            }

            if (check(this) is { } refusal)
            {
                return LedgerAnswer.Refused(refusal);
            }

            if (_records.ContainsKey((facts.Type, facts.Id)))
            {
                return LedgerAnswer.Refused(LedgerRefusal.Exists(facts));
            }

            answer = Write(facts, body, call, hash);
        }

        Recorded?.Invoke(facts.Type, facts.Id);
        return answer;
    }

    public LedgerRecord? Find(string type, string id)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault((type, id));
        }
    }

    public LedgerRecord? FirstOrDefault(string type, Func<LedgerRecord, bool> test)
    {
        lock (_gate)
        {
            return _records.Values.FirstOrDefault(record => record.Type == type && test(record));
        }
    }

    /// <summary>The record reaches another state; its version goes up by one.</summary>
    public LedgerRecord? Move(string type, string id, string state, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue((type, id), out var record))
            {
                return null;
            }

            return Keep(record with { State = state, Version = record.Version + 1, ChangedAt = at }, null);
        }
    }

    /// <summary>A record that the system makes by itself, not from a document that was sent to it.</summary>
    public void Put(LedgerRecord record)
    {
        lock (_gate)
        {
            Keep(record, null);
        }
    }

    /// <summary>Forgets everything, in memory and on disk: the past is about to be made anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
            _keys.Clear();
            journal.Forget(service);
        }
    }

    /// <summary>Master data that was there before the simulation began; it stands in no journal.</summary>
    public void Seed(LedgerRecord record)
    {
        lock (_gate)
        {
            _records.TryAdd((record.Type, record.Id), record);
        }
    }

    public LedgerCounts Count()
    {
        lock (_gate)
        {
            return new LedgerCounts(
                _records.Values.GroupBy(record => record.Type, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                _keys.Count,
                _keys.Values.ToDictionary(key => key.Key, key => new KeyCount(key.Applied, key.Seen), StringComparer.Ordinal));
        }
    }

    private LedgerAnswer Again(LedgerKey known, string hash, LedgerCall call)
    {
        if (known.BodyHash != hash)
        {
            return LedgerAnswer.Refused(LedgerRefusal.KeyUsed(known.Key));
        }

        var record = _records[(known.Type, known.Id)];
        Keep(record with { Log = [.. record.Log, call.Entry("repeated")] }, known with { Seen = known.Seen + 1 });
        return new LedgerAnswer(201, known.Answer, record, Repeated: true);
    }

    private LedgerAnswer Write(DocumentFacts facts, JsonObject body, LedgerCall call, string hash)
    {
        var record = new LedgerRecord
        {
            Type = facts.Type, Id = facts.Id, State = facts.Kind.TakenState, Version = 1, RecordedAt = call.At, ChangedAt = call.At,
            Document = (JsonObject)body.DeepClone(), Log = [call.Entry("recorded")],
        };
        var answer = record.ToJson();
        Keep(record, call.Key is null ? null : new LedgerKey(call.Key, hash, facts.Type, facts.Id, answer, Applied: 1, Seen: 1));
        return new LedgerAnswer(201, answer, record, Repeated: false);
    }

    private LedgerRecord Keep(LedgerRecord record, LedgerKey? key)
    {
        _records[(record.Type, record.Id)] = record;
        if (key is not null)
        {
            _keys[key.Key] = key;
        }

        journal.Append(service, new LedgerLine(record, key));
        return record;
    }
}
